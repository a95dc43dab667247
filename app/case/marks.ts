import type { Answer, Headline, RootStatus } from '../../src/core/verdict.ts'
import type { AppraisalView } from '../../src/engine/api.ts'
import type { MarkState } from '../ui/Mark.tsx'

/** The mark beside a headline; none where the sentence is good news only in part. */
export function markOfHeadline(headline: Headline, root: RootStatus): MarkState | undefined {
  switch (headline) {
    case 'S1':
    case 'S3':
      return 'fails'
    case 'S2':
      return root === 'unknown' ? 'fails' : 'not-checked'
    case 'S5w':
      return 'warns'
    case 'S4':
      return 'not-checked'
    case 'SE':
      return 'error'
    case 'S0':
    case 'SN':
    case 'SR':
    case 'S5':
    case 'S6':
      return undefined
  }
}

/** Nobody stands for the bytes as they are: what they seem to say answers none of the other questions. */
export function isUnsigned(
  { headline }: Pick<AppraisalView, 'headline'>,
  { question }: Pick<Answer, 'question'>,
): boolean {
  return headline === 'S1' && question !== 'genuine'
}

/** An answer some of whose checks ran: what is left is open, not everything. */
export function isPartly({ state, ran, of }: Pick<Answer, 'state' | 'ran' | 'of'>): boolean {
  return state === 'not-checked' && ran > 0 && of > ran
}

/** The words of a verdict; where the vendor states no level, nothing was found to be up to date. */
export function verdictWord<T extends string>(
  verdict: T,
  current: Pick<Answer, 'state'> | undefined,
): T | 'S5-no-level' {
  return verdict === 'S5' && current?.state === 'not-applicable' ? 'S5-no-level' : verdict
}

/** State and word of an answer as the reader sees them. */
export function stateShown(
  view: Pick<AppraisalView, 'headline'>,
  answer: Answer,
  w: (key: 'noStatement' | 'notFully') => string,
): { readonly state: MarkState; readonly word?: string } {
  if (isUnsigned(view, answer) || answer.state === 'not-applicable')
    return { state: 'not-applicable', word: w('noStatement') }
  return isPartly(answer) ? { state: 'not-checked', word: w('notFully') } : { state: answer.state }
}
