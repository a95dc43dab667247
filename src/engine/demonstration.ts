import type { Saying, TextId } from '../core/saying.ts'
import {
  QUESTIONS,
  type Answer,
  type Question,
  type RootFinding,
  type Spoken,
  type VendorStatus,
} from '../core/verdict.ts'
import {
  asQuoted,
  decidedBy,
  fold,
  headlineOf,
  headlineSaying,
  withoutStatement,
  type Judged,
  type Surroundings,
} from './judge.ts'

/** Sentences that call hardware genuine or name its maker, and what is said instead where no hardware was involved. */
const INSTEAD: Readonly<Record<TextId, TextId>> = {
  'headline.S3.debug': 'demonstration.S3.debug',
  'headline.S3.tcb': 'demonstration.S3.tcb',
  'headline.S3.revoked': 'demonstration.S3.revoked',
  'headline.S4.genuine': 'demonstration.S4.genuine',
  'headline.S5': 'demonstration.S5',
  'headline.S5.no-level': 'demonstration.S5.no-level',
  'headline.S5.own-floor': 'demonstration.S5.own-floor',
  'headline.S5w': 'demonstration.S5w',
  'headline.S5w.tcb.behind': 'demonstration.S5w.tcb',
  'headline.S5w.tcb.behind.one': 'demonstration.S5w.tcb',
  'headline.S5w.tcb.behind.some': 'demonstration.S5w.tcb',
  'headline.S5w.tcb.dated': 'demonstration.S5w.tcb',
  'headline.S5w.tcb.dated.one': 'demonstration.S5w.tcb',
  'headline.S5w.tcb.dated.some': 'demonstration.S5w.tcb',
  'headline.S5w.tcb.undated': 'demonstration.S5w.tcb',
  'headline.S5w.tcb.undated.one': 'demonstration.S5w.tcb',
  'headline.S5w.tcb.undated.some': 'demonstration.S5w.tcb',
  'headline.S5w.no-level': 'demonstration.S5w',
  'headline.S6.no-level': 'demonstration.S6',
  'headline.S3.debug.no-level': 'demonstration.S3.debug',
  'headline.S4.genuine.missing': 'headline.S4.signature-holds.missing',
  'headline.S4.genuine.stale': 'headline.S4.signature-holds.stale',
  'headline.S4.genuine.stale-and-missing': 'headline.S4.signature-holds.stale-and-missing',
  'headline.S4.genuine.missing.behind': 'headline.S4.signature-holds.missing.behind',
  'headline.S4.genuine.stale.behind': 'headline.S4.signature-holds.stale.behind',
  'headline.S4.genuine.stale-and-missing.behind': 'headline.S4.signature-holds.stale-and-missing.behind',
  'headline.S6': 'demonstration.S6',
  'headline.SR': 'demonstration.SR',
  'headline.S4.expired.result': 'demonstration.S4.expired.result',
  'headline.S4.early.result': 'demonstration.S4.early.result',
  'answer.genuine.holds': 'demonstration.genuine',
}

/** The same sentence about demonstration evidence: never called genuine. */
function demonstrated(saying: Saying): Saying {
  const text = Object.hasOwn(INSTEAD, saying.text) ? INSTEAD[saying.text] : undefined
  return text === undefined ? saying : { ...saying, text }
}

/**
 * What would be said of evidence under this project's own demonstration root if that root were a vendor's: this is what a page shows,
 * under a strip that names it a demonstration. The record keeps S2. Undefined under any other root.
 */
export function spokenAsDemonstration(
  judged: Judged,
  root: RootFinding,
  vendor: VendorStatus | null,
  more: Surroundings,
): Spoken | undefined {
  if (root.status !== 'demonstration') return undefined
  const relied: Judged = { ...judged, root: 'pinned' }
  const headline = headlineOf(relied)
  const answers = Object.fromEntries(
    QUESTIONS.map((question): [Question, Answer] => {
      const answer = asQuoted(withoutStatement(fold(question, judged.checks), judged), judged)
      return [question, { ...answer, because: demonstrated(answer.because) }]
    }),
  ) as Record<Question, Answer>
  return {
    headline,
    sentence: demonstrated(headlineSaying(headline, relied, root, vendor, more)),
    answers,
    decidedBy: decidedBy(headline, judged.checks),
  }
}
