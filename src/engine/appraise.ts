import { sameBytes, toHex } from '../bytes/layout.ts'
import { bytesOf } from '../core/place.ts'
import { say } from '../core/saying.ts'
import type { AppraisalContext, Appraiser, CaseItem, CheckDefinition, Prepared, TrustAnchor } from '../core/scheme.ts'
import {
  QUESTIONS,
  type Answer,
  type CheckResult,
  type CollateralUse,
  type CollateralWish,
  type Finding,
  type Headline,
  type Question,
  type RootFinding,
  type Spoken,
  type Subject,
} from '../core/verdict.ts'
import type { Policy } from '../core/policy.ts'
import { digest } from '../crypto/verify.ts'
import { addedAnchors } from './anchors.ts'
import type { AnchorView, AppraisalView, AppraiseOptions, InputFile } from './api.ts'
import type { OpenArtifact, OpenCase } from './case.ts'
import { spokenAsDemonstration } from './demonstration.ts'
import { expectations, expectationViews } from './expectations.ts'
import { committedBy, givenRecipes, type GivenRecipes } from './given-recipes.ts'
import { caseOf, evidenceTimeOf } from './inspect.ts'
import { surroundings } from './lacks.ts'
import {
  atBest,
  decidedBy,
  fold,
  headlineOf,
  headlineSaying,
  ifRootTrusted,
  questionOf,
  tierOf,
  withoutStatement,
  withRoot,
  worst,
  type Judged,
} from './judge.ts'
import { keyBinding } from './key-binding.ts'
import { logReplays, type LogFindings } from './log-replays.ts'
import { unreadEvidence } from './unread.ts'
import { ENGINE_VERSION } from './version.ts'

/** Appraises a case as of one instant under one policy. A function of its arguments: no clock, no network. Never throws for any evidence. */
export async function appraise(files: readonly InputFile[], options: AppraiseOptions): Promise<AppraisalView> {
  return appraiseCase(await caseOf(files), options)
}

interface Run {
  readonly artifact: OpenArtifact
  readonly prepared: Prepared | undefined
  readonly checks: CheckResult[]
  readonly anchors: readonly TrustAnchor[]
}

const NO_ROOT: RootFinding = {
  status: 'none',
  holder: '',
  country: '',
  purpose: 'evidence',
  spkiSha256: '',
  sha256: '',
}

/** Appraises what is already open. */
export async function appraiseCase(opened: OpenCase, options: AppraiseOptions): Promise<AppraisalView> {
  const { at, policy } = options
  const added = await addedAnchors(policy)
  const runs: Run[] = []
  for (const artifact of opened.artifacts) {
    if (artifact.message !== 'evidence' && artifact.message !== 'attestation-result') continue
    runs.push(await runSubject(opened, artifact, runs.length, { at, policy, added }))
  }
  const groups = bindings(runs)
  const given = await givenRecipes(policy)
  for (const [index, run] of runs.entries()) {
    const others = runs.filter((other) => other !== run)
    // What a broken subject says counts for nobody else, however it is tied.
    const isBound = (other: Run) =>
      groups[runs.indexOf(other)] === groups[index] &&
      !other.checks.some((check) => check.weight === 'decides' && check.outcome === 'fail' && check.layer <= 3)
    const logs = logReplays(run.artifact, opened.artifacts, index)
    run.checks.push(
      ...logs.checks,
      ...expectationResults(
        run,
        index,
        options,
        others.filter(isBound),
        others.filter((other) => !isBound(other)),
        given,
        committedBy(run.artifact, opened.artifacts),
        logs,
      ),
      ...(await keyBinding(run.artifact, opened.artifacts)).map((one): CheckResult => ({ ...one, subject: index })),
    )
    run.checks.sort((a, b) => a.layer - b.layer || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
  }
  const subjects = runs.map((run, index) => subjectOf(run, index, options))
  return viewOf(opened, options, runs, subjects, new Set(groups).size > 1)
}

async function runSubject(
  opened: OpenCase,
  artifact: OpenArtifact,
  index: number,
  given: { at: number; policy: Policy; added: readonly TrustAnchor[] },
): Promise<Run> {
  const off = new Set(given.policy.anchorsOff ?? [])
  const own = artifact.scheme?.anchors ?? []
  const anchors = [
    ...own.map((anchor): TrustAnchor => (off.has(anchor.spkiSha256) ? { ...anchor, status: 'switched-off' } : anchor)),
    ...given.added.filter(
      (extra) => !own.some((anchor) => anchor.spkiSha256 === extra.spkiSha256 && anchor.subject === extra.subject),
    ),
  ]
  const context: AppraisalContext = {
    at: given.at,
    policy: given.policy,
    anchors,
    items: opened.artifacts.filter((other) => other !== artifact),
  }
  const appraiser = appraiserOf(artifact)
  if (!appraiser)
    return {
      artifact,
      prepared: undefined,
      anchors,
      checks: [
        ownCheck('engine.format-appraised', index, {
          outcome: 'unsupported',
          because: say('engine.no-appraiser', { format: artifact.format ?? '' }),
          cites: [],
        }),
      ],
    }
  try {
    const prepared = await appraiser.prepare(artifact, context)
    return { artifact, prepared, anchors, checks: await runChecks(appraiser, prepared, context, index) }
  } catch (thrown) {
    return {
      artifact,
      prepared: undefined,
      anchors,
      checks: [
        ownCheck('engine.appraisal-ran', index, {
          outcome: 'error',
          because: say('engine.crashed', { message: messageOf(thrown) }),
          cites: [],
        }),
      ],
    }
  }
}

function appraiserOf(artifact: OpenArtifact): Appraiser | undefined {
  return artifact.scheme?.appraisers.find((one) => one.formats.includes(artifact.format ?? ''))
}

const messageOf = (thrown: unknown) =>
  (thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown)).slice(0, 300)

function ownCheck(
  id: string,
  subject: number,
  finding: Pick<CheckResult, 'outcome' | 'because' | 'cites'>,
): CheckResult {
  return {
    id,
    layer: 1,
    answer: 'genuine',
    weight: 'decides',
    spec: { title: 'RFC 9334', section: '8' },
    subject,
    ...finding,
  }
}

async function runChecks(
  appraiser: Appraiser,
  prepared: Prepared,
  context: AppraisalContext,
  subject: number,
): Promise<CheckResult[]> {
  const results: CheckResult[] = []
  for (const check of appraiser.checks) {
    const result = runOne(check, prepared, context, subject)
    // Most checks answer at once, and waiting for nothing still costs a turn.
    results.push(result instanceof Promise ? await result : result)
  }
  return results
}

/** One check; a crash is ours (`error`), is shown as ours, and never becomes a pass. */
function runOne(
  check: CheckDefinition,
  prepared: Prepared,
  context: AppraisalContext,
  subject: number,
): CheckResult | Promise<CheckResult> {
  const crashed = (thrown: unknown): CheckResult =>
    resultOf(check, subject, {
      outcome: 'error',
      because: say('check.crashed', { message: messageOf(thrown) }),
      cites: [],
    })
  try {
    if (check.applies && !check.applies(prepared))
      return resultOf(check, subject, { outcome: 'not-applicable', because: say('check.not-applicable'), cites: [] })
    const finding = check.run(prepared, context)
    return finding instanceof Promise
      ? finding.then((found) => resultOf(check, subject, found), crashed)
      : resultOf(check, subject, finding)
  } catch (thrown) {
    return crashed(thrown)
  }
}

// A field that a finding gains stops this from compiling until it is carried over below.
type Carried = Finding &
  Record<
    Exclude<
      keyof Finding,
      | 'outcome'
      | 'because'
      | 'code'
      | 'cites'
      | 'uses'
      | 'found'
      | 'expected'
      | 'remedy'
      | 'proves'
      | 'covers'
      | 'binds'
      | 'bindsBy'
    >,
    never
  >

/** Written out: findings come in many shapes, and spreading those cost more than making them. */
function resultOf(
  check: CheckDefinition,
  subject: number,
  {
    outcome,
    because,
    code = because.code,
    cites,
    uses,
    found,
    expected,
    remedy,
    proves,
    covers,
    binds,
    bindsBy,
  }: Carried,
): CheckResult {
  const result: { -readonly [Key in keyof CheckResult]: CheckResult[Key] } = {
    id: check.id,
    layer: check.layer,
    answer: check.answer ?? questionOf(check.layer),
    weight: check.weight,
    spec: check.spec,
    subject,
    outcome,
    because,
    cites,
  }
  if (code !== undefined) result.code = code
  if (check.role !== undefined) result.role = check.role
  if (check.byHand !== undefined) result.byHand = check.byHand
  if (uses !== undefined) result.uses = uses
  if (found !== undefined) result.found = found
  if (expected !== undefined) result.expected = expected
  if (remedy !== undefined) result.remedy = remedy
  if (proves !== undefined) result.proves = proves
  if (covers !== undefined) result.covers = covers
  if (binds !== undefined) result.binds = binds
  if (bindsBy !== undefined) result.bindsBy = bindsBy
  return result
}

function expectationResults(
  run: Run,
  subject: number,
  { policy, at, sources }: AppraiseOptions,
  bound: readonly Run[],
  unbound: readonly Run[],
  made: GivenRecipes,
  committed: readonly CaseItem[],
  logs: LogFindings,
): CheckResult[] {
  const items = (runs: readonly Run[]) => runs.map((other) => other.artifact)
  const rootless =
    (run.prepared?.root.status ?? 'none') === 'none' &&
    (bound.length + unbound.length > 0 || appraiserOf(run.artifact)?.needsBinding === true)
  return expectations.map((expectation) => ({
    id: expectation.id,
    role: 'expectation',
    layer: expectation.layer,
    answer: expectation.answer,
    weight: 'decides',
    spec: expectation.spec,
    subject,
    ...expectation.run({
      subject: run.artifact,
      policy,
      sources: sources ?? {},
      at,
      bound: items(bound),
      unbound: items(unbound),
      rootless,
      made,
      committed,
      logs,
      comparesMinimumTcb: [run, ...bound].some((one) => appraiserOf(one.artifact)?.comparesMinimumTcb === true),
    }),
  }))
}

/** Group number of each subject: subjects tied by a passing check share one, and so do the same bytes in two wrappings. */
function bindings(runs: readonly Run[]): number[] {
  const groups = runs.map((run) =>
    Math.max(
      0,
      runs.findIndex((other) => isSame(other.artifact, run.artifact)),
    ),
  )
  const indexOf = new Map(runs.map((run, index) => [run.artifact.artifact, index]))
  for (const [index, run] of runs.entries()) {
    for (const check of run.checks) {
      if (check.outcome !== 'pass') continue
      for (const artifact of check.binds ?? []) {
        const other = indexOf.get(artifact)
        const from = other === undefined ? undefined : groups[other]
        const to = groups[index]
        if (from === undefined || to === undefined || from === to) continue
        for (const [i, group] of groups.entries()) if (group === from) groups[i] = to
      }
    }
  }
  return groups
}

const isSame = (one: OpenArtifact, other: OpenArtifact) =>
  one === other || (one.format === other.format && sameBytes(bytesOf(one.slice), bytesOf(other.slice)))

function subjectOf(run: Run, index: number, options: AppraiseOptions): Subject {
  const root = run.prepared?.root ?? NO_ROOT
  const vendor = run.prepared?.vendor ?? null
  const message = run.artifact.message === 'attestation-result' ? 'attestation-result' : 'evidence'
  const judged: Judged = { checks: run.checks, root: root.status, message }
  const headline = headlineOf(judged)
  const more = surroundings(run.prepared, run.checks, options)
  const demonstration = spokenAsDemonstration(judged, root, vendor, more)
  return {
    index,
    artifact: run.artifact.artifact,
    format: run.artifact.format ?? '',
    scheme: run.artifact.scheme?.id ?? '',
    headline,
    sentence: headlineSaying(headline, judged, root, vendor, more),
    root,
    ifRootTrusted: ifRootTrusted(judged),
    tier: tierOf(headline, root.status),
    answers: answersOf(judged, run.checks, root),
    vendor,
    decidedBy: decidedBy(headline, run.checks),
    nodes: run.prepared?.nodes ?? [],
    ladders: run.prepared?.ladders ?? [],
    timeline: run.prepared?.timeline ?? [],
    doesNotProve: run.prepared?.doesNotProve ?? [],
    ...(run.artifact.facts.versions ? { versions: run.artifact.facts.versions } : {}),
    ...(demonstration ? { demonstration } : {}),
  }
}

function answersOf(judged: Judged, checks: readonly CheckResult[], root: RootFinding): Record<Question, Answer> {
  const one = (question: Question) => withoutStatement(fold(question, checks), judged)
  return {
    genuine: withRoot(one('genuine'), root.status),
    current: one('current'),
    configured: one('configured'),
    software: one('software'),
    fresh: one('fresh'),
  }
}

async function viewOf(
  opened: OpenCase,
  options: AppraiseOptions,
  runs: readonly Run[],
  subjects: readonly Subject[],
  unbound: boolean,
): Promise<AppraisalView> {
  const files = opened.files.map((file) => file.sha256).join(' ')
  const id = toHex(
    await digest('SHA-256', new TextEncoder().encode(`${files}\n${options.at}\n${JSON.stringify(options.policy)}`)),
  )
  const common = {
    id,
    engine: ENGINE_VERSION,
    at: options.at,
    atSource: options.atSource,
    subjects,
    checks: runs.flatMap((run) => run.checks),
    collateral: mergedUses(runs),
    wishes: mergedWishes(runs),
    anchors: anchorViews(runs),
    doesNotProve: [...new Set(subjects.flatMap((subject) => subject.doesNotProve))],
    evidenceTime: evidenceTimeOf(opened),
    expectations: expectationViews(
      options.policy,
      options.sources ?? {},
      runs.map((run) => run.artifact),
      await givenRecipes(options.policy),
      runs.flatMap((run) => committedBy(run.artifact, opened.artifacts)),
      {
        lent:
          options.policy.registers === undefined
            ? []
            : runs.flatMap((run, index) => logReplays(run.artifact, opened.artifacts, index).lent),
      },
    ),
  }
  const headlines = subjects.map((subject) => subject.headline)
  // Among equals the one that hangs on a root speaks: it has something to say about the hardware.
  const equals = subjects.filter((subject) => subject.headline === worst(headlines))
  const leading = equals.find((subject) => subject.root.status !== 'none') ?? equals[0]
  if (!leading) {
    const unread = unreadEvidence(opened)
    const headline: Headline =
      unread === undefined && opened.artifacts.some((artifact) => artifact.format !== null) ? 'SN' : 'S0'
    const bytes = opened.files.reduce((sum, file) => sum + file.size, 0)
    return {
      ...common,
      headline,
      sentence: unread
        ? say('headline.S0.unread', { path: unread.path, size: unread.size, family: unread.looksLike ?? '' })
        : say(`headline.${headline}`, { bytes: String(bytes).replace(/\B(?=(\d{3})+$)/g, ',') }),
      tier: 'none',
      root: NO_ROOT,
      ifRootTrusted: null,
      answers: emptyAnswers(),
      decidedBy: [],
    }
  }
  const capped = unbound ? atBest(leading.headline, 'S5w') : leading.headline
  // The leading subject is the worst as it stands; under its root another one may be.
  const relied = leading.ifRootTrusted && worst(subjects.map((subject) => subject.ifRootTrusted ?? subject.headline))
  const trusted = relied && unbound ? atBest(relied, 'S5w') : relied
  const demonstration = demonstrationOf(subjects, unbound)
  return {
    ...common,
    ...(demonstration ? { demonstration } : {}),
    headline: capped,
    sentence: capped === leading.headline ? leading.sentence : say('composite.unbound', { count: subjects.length }),
    tier: tierOf(capped, leading.root.status),
    root: leading.root,
    ifRootTrusted: trusted,
    answers: leading.answers,
    decidedBy: leading.decidedBy,
  }
}

/** What is said of the whole case where no subject hangs on a root of somebody else. */
function demonstrationOf(subjects: readonly Subject[], unbound: boolean): Spoken | undefined {
  if (subjects.some(({ root }) => root.status !== 'demonstration' && root.status !== 'none')) return undefined
  const lowest = worst(subjects.map((subject) => subject.demonstration?.headline ?? subject.headline))
  const headline = unbound ? atBest(lowest, 'S5w') : lowest
  const equals = subjects.filter((subject) => (subject.demonstration ?? subject).headline === lowest)
  const leading = equals.find((subject) => subject.demonstration) ?? equals[0]
  if (!leading || !subjects.some((subject) => subject.demonstration)) return undefined
  const spoken = leading.demonstration ?? leading
  return {
    headline,
    sentence: headline === lowest ? spoken.sentence : say('composite.unbound', { count: subjects.length }),
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
function mergedUses(runs: readonly Run[]): CollateralUse[] {
  const rank = (use: CollateralUse['use']) => ['used', 'rejected', 'superseded', 'not-for-this'].indexOf(use)
  const rows = new Map<string, CollateralUse>()
  for (const use of runs.flatMap((run) => run.prepared?.collateral ?? [])) {
    const key = `${use.artifact} ${use.kind}`
    const known = rows.get(key)
    if (!known || rank(use.use) < rank(known.use)) rows.set(key, use)
  }
  return [...rows.values()].sort((a, b) => a.artifact - b.artifact)
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
