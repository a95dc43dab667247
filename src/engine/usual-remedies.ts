import { say, type Saying, type TextId } from '../core/saying.ts'
import type { FindingCode, Outcome } from '../core/verdict.ts'

/** What to do about a finding that says so of no more than its code: the same in every scheme. */
const USUAL: Partial<Record<FindingCode, TextId>> = {
  debug: 'remedy.debug',
  'cut-off': 'remedy.cut-off',
  expired: 'remedy.out-of-date',
  'not-yet-valid': 'remedy.out-of-date',
  'token-expired': 'remedy.token-out-of-date',
  'token-early': 'remedy.token-out-of-date',
  revoked: 'remedy.revoked',
  signature: 'remedy.signature',
  'chain-signature': 'remedy.signature',
}

/** Undefined where nothing is lacking, and where only the scheme could say. */
export function usualRemedy(outcome: Outcome, code: FindingCode | undefined): Saying | undefined {
  if (code === undefined || (outcome !== 'fail' && outcome !== 'warn' && outcome !== 'not-checked')) return undefined
  const text = USUAL[code]
  return text === undefined ? undefined : say(text)
}
