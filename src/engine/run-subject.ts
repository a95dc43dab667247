import type { Policy } from '../core/policy.ts'
import { sliceOf } from '../core/place.ts'
import { say } from '../core/saying.ts'
import type { AppraisalContext, Appraiser, CheckDefinition, Prepared, TrustAnchor } from '../core/scheme.ts'
import type { CheckResult, Finding } from '../core/verdict.ts'
import type { OpenArtifact, OpenCase } from './case.ts'
import { questionOf } from './judge.ts'
import { usualRemedy } from './usual-remedies.ts'

/** One subject of a case on its way to a verdict: what its scheme prepared and what its checks found. */
export interface Run {
  readonly artifact: OpenArtifact
  readonly prepared: Prepared | undefined
  readonly checks: CheckResult[]
  readonly anchors: readonly TrustAnchor[]
}

/** Lets the scheme of one artifact prepare it and run its checks. A crash is ours, is shown as ours, and never becomes a pass. */
export async function runSubject(
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
    files: [artifact.file, ...opened.contents.keys()]
      .filter((file, i, all) => all.indexOf(file) === i)
      .map((file) => sliceOf('', opened.contents[file] ?? new Uint8Array())),
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

/** The appraiser that a scheme registered for this format, if any. */
export function appraiserOf(artifact: OpenArtifact): Appraiser | undefined {
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
      | 'hand'
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
    remedy = usualRemedy(outcome, code),
    proves,
    covers,
    binds,
    bindsBy,
    hand,
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
  if (hand !== undefined) result.hand = hand
  return result
}
