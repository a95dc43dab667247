import { say, type TextId } from '../core/saying.ts'
import type { Prepared } from '../core/scheme.ts'
import type { Answer, CheckResult, Question, RootFinding, Subject, TrustNode } from '../core/verdict.ts'
import { withLater } from '../bytes/later.ts'
import type { AppraiseOptions } from './api.ts'
import { spokenAsDemonstration } from './demonstration.ts'
import {
  asQuoted,
  decidedBy,
  fold,
  headlineOf,
  headlineSaying,
  ifRootTrusted,
  tierOf,
  withoutStatement,
  withRoot,
  type Judged,
} from './judge.ts'
import { surroundings } from './lacks.ts'
import { appraiserOf, type Run } from './run-subject.ts'

/** What stands where no root was reached. */
export const NO_ROOT: RootFinding = {
  status: 'none',
  holder: '',
  country: '',
  purpose: 'evidence',
  spkiSha256: '',
  sha256: '',
}

/** What is said of one subject once all its checks ran. */
export function subjectOf(
  run: Run,
  index: number,
  options: AppraiseOptions,
  statements: () => readonly TrustNode[] = () => [],
  limits: readonly TextId[] = [],
): Subject {
  const root = run.prepared?.root ?? NO_ROOT
  const vendor = run.prepared?.vendor ?? null
  const message = run.artifact.message === 'attestation-result' ? 'attestation-result' : 'evidence'
  const judged: Judged = { checks: run.checks, root: root.status, message }
  const headline = headlineOf(judged)
  const more = surroundings(run.prepared, run.checks, options)
  const demonstration = spokenAsDemonstration(judged, root, vendor, more)
  const own = run.artifact.facts.versions
  const versions = own || run.prepared?.versions ? { ...own, ...run.prepared?.versions } : undefined
  return withLater(
    {
      index,
      artifact: run.artifact.artifact,
      format: run.artifact.format ?? '',
      scheme: run.artifact.scheme?.id ?? '',
      headline,
      sentence: headlineSaying(headline, judged, root, vendor, more),
      root,
      ifRootTrusted: ifRootTrusted(judged),
      tier: tierOf(headline, root.status),
      answers: answersOf(judged, run.checks, root, more.statedBy),
      vendor,
      decidedBy: decidedBy(headline, run.checks),
      doesNotProve: [...limits, ...(run.prepared?.doesNotProve ?? [])],
      notJudged: appraiserOf(run.artifact)?.notJudged ?? [],
      ...(versions ? { versions } : {}),
      ...(run.prepared?.comparisons ? { comparisons: run.prepared.comparisons } : {}),
      ...(demonstration ? { demonstration } : {}),
    },
    {
      nodes: () => [...wholeNodes(run.prepared), ...statements()],
      steps: () => run.prepared?.wholePath?.steps,
      ladders: () => run.prepared?.ladders ?? [],
      timeline: () => run.prepared?.timeline ?? [],
    },
  )
}

/** The nodes of the path in its own order; those that are not in the case are marked so. */
function wholeNodes(prepared: Prepared | undefined): readonly TrustNode[] {
  const here = prepared?.nodes ?? []
  if (!prepared?.wholePath) return here
  const byId = new Map(here.map((node) => [node.id, node]))
  const whole = prepared.wholePath.nodes.map((node): TrustNode => byId.get(node.id) ?? { ...node, isAbsent: true })
  const known = new Set(whole.map((node) => node.id))
  return [...whole, ...here.filter((node) => !known.has(node.id))]
}

function answersOf(
  judged: Judged,
  checks: readonly CheckResult[],
  root: RootFinding,
  statedBy: readonly string[],
): Record<Question, Answer> {
  const one = (question: Question) => asQuoted(withoutStatement(fold(question, checks), judged), judged)
  const software = one('software')
  return {
    genuine: withRoot(one('genuine'), root.status),
    current: one('current'),
    configured: one('configured'),
    // Who said so stands in the answer: these are not the reader's own values.
    software:
      software.state === 'holds' && statedBy.length > 0
        ? { ...software, because: say('answer.software.stated', { issuer: statedBy.join(', ') }) }
        : software,
    fresh: one('fresh'),
  }
}
