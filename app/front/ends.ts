import type { Headline } from '../../src/core/verdict.ts'
import type { MarkState } from '../ui/Mark.tsx'

/** How an example ends, in two words. */
export function endOf(
  headline: Headline,
  w: (key: 'endOrder' | 'endIssues' | 'endFails' | 'endOpen' | 'endClaims') => string,
): { readonly state: MarkState; readonly word: string } {
  switch (headline) {
    case 'S5':
    case 'S6':
      return { state: 'holds', word: w('endOrder') }
    case 'S5w':
      return { state: 'warns', word: w('endIssues') }
    case 'S1':
    case 'S3':
      return { state: 'fails', word: w('endFails') }
    case 'SR':
      return { state: 'not-applicable', word: w('endClaims') }
    case 'S0':
    case 'S2':
    case 'S4':
    case 'SE':
    case 'SN':
      return { state: 'not-checked', word: w('endOpen') }
  }
}
