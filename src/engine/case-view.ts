import { withLater } from '../bytes/later.ts'
import { toHex } from '../bytes/layout.ts'
import type { Problem } from '../core/field.ts'
import { say } from '../core/saying.ts'
import {
  QUESTIONS,
  type Answer,
  type CollateralUse,
  type CollateralWish,
  type Headline,
  type Question,
  type RootFinding,
  type Spoken,
  type Subject,
} from '../core/verdict.ts'
import { hashNow } from '../crypto/hash.ts'
import type { AnchorView, AppraisalView, AppraiseOptions, CollateralRow } from './api.ts'
import type { OpenCase } from './case.ts'
import { expectationViews } from './expectations.ts'
import { committedBy, givenRecipes } from './given-recipes.ts'
import { isWithinLog, type Examined } from './examine.ts'
import { evidenceTimeOf } from './inspect.ts'
import { atBest, tierOf, worst } from './judge.ts'
import { logReplays, logReplayViews } from './log-replays.ts'
import type { Run } from './run-subject.ts'
import { loneStatement, statementUses } from './statement-rows.ts'
import { statementViews, type StatementRun, type StatementTie } from './statements.ts'
import type { Standing } from './subject-groups.ts'
import { NO_ROOT } from './subject-view.ts'
import { unreadEvidence } from './unread.ts'
import { ENGINE_VERSION } from './version.ts'

/** What is said of the whole case: the worst subject speaks, and what nothing binds together is capped. */
export async function caseView(
  opened: OpenCase,
  options: AppraiseOptions,
  runs: readonly Run[],
  subjects: readonly Subject[],
  standing: Standing,
  examined: readonly Examined[],
  statements: readonly StatementRun[] = [],
  ties: readonly StatementTie[] = [],
): Promise<AppraisalView> {
  const common = {
    engine: ENGINE_VERSION,
    at: options.at,
    atSource: options.atSource,
    subjects,
    checks: runs.flatMap((run) => run.checks),
    doesNotProve: [
      ...new Set([
        ...subjects.flatMap((subject) => subject.doesNotProve),
        ...statements.flatMap(({ run }) => run.prepared?.doesNotProve ?? []),
      ]),
    ],
    evidenceTime: evidenceTimeOf(opened),
    examined,
  }
  const given = await givenRecipes(options.policy)
  const isAlone = subjects.length === 0
  const spoken = spokenOf(opened, subjects, standing, statements)
  return withLater(
    { ...common, ...spoken, isMadeHere: isMadeHere(runs, spoken.root) },
    {
      id: () => caseId(opened, options),
      collateral: () => mergedUses(opened, runs, statementUses(statements, ties, isAlone)),
      wishes: () => mergedWishes([...runs, ...statements.map(({ run }) => run)]),
      anchors: () => anchorViews([...runs, ...statements.map(({ run }) => run)]),
      replays: () => logReplayViews(opened.artifacts),
      statements: () => statementViews(statements, ties, isAlone),
      expectations: () =>
        expectationViews(
          options.policy,
          options.sources ?? {},
          runs.map((run) => run.artifact),
          given,
          runs.flatMap((run) => committedBy(run.artifact, opened.artifacts)),
          {
            lent:
              options.policy.registers === undefined
                ? []
                : runs.flatMap((run, index) => logReplays(run.artifact, opened.artifacts, index).lent),
          },
        ),
    },
  )
}

/** Signed under a demonstration root of this project, also while the reader has it switched off. */
function isMadeHere(runs: readonly Run[], root: RootFinding): boolean {
  return runs.some((run) =>
    run.artifact.scheme?.anchors.some(
      ({ status, spkiSha256 }) => status === 'demonstration' && spkiSha256 === root.spkiSha256,
    ),
  )
}

/** Names a verdict: the same files, instant and policy have the same. */
function caseId(opened: OpenCase, { at, policy }: AppraiseOptions): string {
  const files = opened.files.map((file) => file.sha256()).join(' ')
  return toHex(hashNow('sha256', new TextEncoder().encode(`${files}\n${at}\n${JSON.stringify(policy)}`)))
}

type SpokenOfCase = Pick<
  AppraisalView,
  'demonstration' | 'headline' | 'sentence' | 'tier' | 'root' | 'ifRootTrusted' | 'answers' | 'decidedBy'
>

function spokenOf(
  opened: OpenCase,
  subjects: readonly Subject[],
  standing: Standing,
  statements: readonly StatementRun[],
): SpokenOfCase {
  const headlines = subjects.map((subject) => subject.headline)
  // Among equals the one that hangs on a root speaks: it has something to say about the hardware.
  const equals = subjects.filter((subject) => subject.headline === worst(headlines))
  const leading = equals.find((subject) => subject.root.status !== 'none') ?? equals[0]
  if (!leading) {
    const unread = unreadEvidence(opened)
    const [alone] = statements
    if (alone && unread === undefined) return { ...loneStatement(statements, alone), answers: emptyAnswers() }
    const headline: Headline = unread === undefined && isSupporting(opened) ? 'SN' : 'S0'
    const bytes = opened.files.reduce((sum, file) => sum + file.size, 0)
    return {
      headline,
      sentence: unread
        ? say('headline.S0.unread', { path: unread.path, size: unread.size, family: unread.looksLike ?? '' })
        : bytes === 0
          ? say('headline.S0.empty')
          : say(`headline.${headline}`, { bytes: String(bytes).replace(/\B(?=(\d{3})+$)/g, ',') }),
      tier: 'none',
      root: NO_ROOT,
      ifRootTrusted: null,
      answers: emptyAnswers(),
      decidedBy: [],
    }
  }
  const unbound = standing !== 'bound'
  const capped = unbound ? atBest(leading.headline, 'S5w') : leading.headline
  // The leading subject is the worst as it stands; under its root another one may be.
  const relied = leading.ifRootTrusted && worst(subjects.map((subject) => subject.ifRootTrusted ?? subject.headline))
  const trusted = relied && unbound ? atBest(relied, 'S5w') : relied
  const demonstration = demonstrationOf(subjects, standing)
  return {
    ...(demonstration ? { demonstration } : {}),
    headline: capped,
    sentence: capped === leading.headline ? leading.sentence : say(COMPOSITE[standing], { count: subjects.length }),
    tier: tierOf(capped, leading.root.status),
    root: leading.root,
    ifRootTrusted: trusted,
    answers: leading.answers,
    decidedBy: leading.decidedBy,
  }
}

const COMPOSITE: Readonly<Record<Standing, string>> = {
  bound: '',
  'nonce-only': 'composite.nonce-only',
  unbound: 'composite.unbound',
}

/** What is said of the whole case where no subject hangs on a root of somebody else. */
function demonstrationOf(subjects: readonly Subject[], standing: Standing): Spoken | undefined {
  if (subjects.some(({ root }) => root.status !== 'demonstration' && root.status !== 'none')) return undefined
  const lowest = worst(subjects.map((subject) => subject.demonstration?.headline ?? subject.headline))
  const headline = standing === 'bound' ? lowest : atBest(lowest, 'S5w')
  const equals = subjects.filter((subject) => (subject.demonstration ?? subject).headline === lowest)
  const leading = equals.find((subject) => subject.demonstration) ?? equals[0]
  if (!leading || !subjects.some((subject) => subject.demonstration)) return undefined
  const spoken = leading.demonstration ?? leading
  return {
    headline,
    sentence: headline === lowest ? spoken.sentence : say(COMPOSITE[standing], { count: subjects.length }),
    answers: spoken.answers,
    decidedBy: spoken.decidedBy,
  }
}

function emptyAnswers(): Record<Question, Answer> {
  const none = (question: Question): Answer => ({
    question,
    state: 'not-applicable',
    because: say('answer.nothing'),
    ran: 0,
    of: 0,
    checks: [],
  })
  return Object.fromEntries(QUESTIONS.map((question) => [question, none(question)])) as Record<Question, Answer>
}

/** One row per item: what one subject used, another may have found to be for something else. */
function mergedUses(
  { artifacts }: OpenCase,
  runs: readonly Run[],
  statements: readonly CollateralUse[],
): CollateralRow[] {
  const rank = (use: CollateralUse['use']) => ['used', 'rejected', 'superseded', 'not-for-this'].indexOf(use)
  const rows = new Map<string, CollateralUse>()
  for (const use of [...runs.flatMap((run) => run.prepared?.collateral ?? []), ...statements]) {
    const own = artifacts[use.artifact]
    if (use.use === 'not-for-this' && own && isWithinLog(own, artifacts)) continue
    const key = `${use.artifact} ${use.kind}`
    const known = rows.get(key)
    if (!known || rank(use.use) < rank(known.use)) rows.set(key, use)
  }
  return [...rows.values()]
    .sort((a, b) => a.artifact - b.artifact)
    .map((use) => ({ ...use, sha256: artifacts[use.artifact]?.sha256() ?? '' }))
}

function mergedWishes(runs: readonly Run[]): CollateralWish[] {
  const rows = new Map<string, CollateralWish>()
  for (const wish of runs.flatMap((run) => run.prepared?.wishes ?? [])) rows.set(`${wish.kind} ${wish.key}`, wish)
  return [...rows.values()]
}

function anchorViews(runs: readonly Run[]): AnchorView[] {
  const rows = new Map<string, AnchorView>()
  for (const run of runs) {
    for (const anchor of run.anchors) {
      rows.set(`${anchor.spkiSha256} ${anchor.subject}`, {
        holder: anchor.holder,
        country: anchor.country,
        purpose: anchor.purpose,
        spkiSha256: anchor.spkiSha256,
        sha256: anchor.sha256,
        status: anchor.status ?? 'pinned',
        source: anchor.source,
        ...(anchor.scope !== undefined && { scope: anchor.scope }),
        scheme: run.artifact.scheme?.id ?? '',
      })
    }
  }
  return [...rows.values()]
}

/** What frames put around something: lengths, names, identifiers. More than this is something itself. */
const FRAME = 256

/** Supporting files and nothing else: certificates found in the middle of bytes that nobody explains make no supporting file of them. */
function isSupporting({ artifacts, files }: OpenCase): boolean {
  const isStray = (file: number) => {
    const own = artifacts.filter((artifact) => artifact.file === file && artifact.problems.some(isAround))
    const around = own.flatMap((artifact) => artifact.problems.filter(isAround))
    return around.reduce((sum, { range }) => sum + range.end - range.start, 0) > FRAME
  }
  const known = new Set(artifacts.filter((artifact) => artifact.format !== null).map((artifact) => artifact.file))
  return files.some((_, file) => known.has(file) && !isStray(file))
}

const isAround = ({ because }: Problem): boolean => because.code === 'around'
