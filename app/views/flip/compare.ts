import type { ArtifactIndex, ByteRange, Space } from '../../../src/core/place.ts'
import type { CheckResult, Coverage } from '../../../src/core/verdict.ts'
import type { AppraisalView, Inspection } from '../../../src/engine/api.ts'
import { seenIn, type Edit, type Seen } from '../../case/edit.ts'

/** One check before and after a change. */
export interface Pair {
  readonly key: string
  readonly id: string
  readonly before: CheckResult | undefined
  readonly after: CheckResult | undefined
  readonly change: 'outcome' | 'reason' | 'value' | 'none'
}

/** Checks side by side, changed ones first, in the order in which they are asked. */
export function pairsOf(before: AppraisalView, after: AppraisalView): readonly Pair[] {
  const key = (check: CheckResult) => `${check.subject} ${check.id}`
  const later = new Map(after.checks.map((check) => [key(check), check]))
  const earlier = new Set(before.checks.map(key))
  const all: Pair[] = [
    ...before.checks.map((check) => pair(key(check), check, later.get(key(check)))),
    ...after.checks.filter((check) => !earlier.has(key(check))).map((check) => pair(key(check), undefined, check)),
  ]
  const rank = { outcome: 0, reason: 1, value: 2, none: 3 }
  return all
    .map((one, index) => ({ one, index }))
    .sort((a, b) => rank[a.one.change] - rank[b.one.change] || a.index - b.index)
    .map(({ one }) => one)
}

function pair(key: string, before: CheckResult | undefined, after: CheckResult | undefined): Pair {
  const id = before?.id ?? after?.id ?? ''
  const change =
    before?.outcome !== after?.outcome
      ? 'outcome'
      : before?.because.text !== after?.because.text
        ? 'reason'
        : before?.found !== after?.found || before?.expected !== after?.expected
          ? 'value'
          : 'none'
  return { key, id, before, after, change }
}

/** Which checks of the unchanged case look at the bytes of an edit. */
export interface Reach {
  readonly edit: Edit
  /** Checks that passed and protect the byte: they compute over exactly these bytes. */
  readonly covering: readonly CheckResult[]
  readonly by: readonly Coverage['by'][]
  /** Checks that read the byte as part of a value, without protecting it. */
  readonly reading: readonly CheckResult[]
}

/** Who looks at the byte that was changed, asked of the unchanged case. */
export function reachOf(edit: Edit, file: number, inspection: Inspection, before: AppraisalView): Reach {
  const spaces: readonly Space[] = inspection.spaces.filter((entry) => entry.file === file).map((entry) => entry.space)
  const fileOf = new Map(inspection.artifacts.map((artifact) => [artifact.index, artifact.file]))
  const seen: Seen[] =
    edit.space === '' ? edit.changes.flatMap((change) => seenIn(spaces, change.offset)) : seenOf(spaces, edit)
  const hits = (
    artifact: ArtifactIndex,
    range: { readonly space: string; readonly start: number; readonly end: number },
  ) =>
    fileOf.get(artifact) === file &&
    seen.some((one) => one.space === range.space && one.start < range.end && one.end > range.start)
  const covers = (check: CheckResult) =>
    check.outcome === 'pass' || check.outcome === 'warn'
      ? (check.covers ?? []).filter((coverage) => hits(coverage.artifact, coverage.range))
      : []
  const covering = before.checks.filter((check) => covers(check).length > 0)
  return {
    edit,
    covering,
    by: [...new Set(covering.flatMap((check) => covers(check).map((coverage) => coverage.by)))],
    reading: before.checks.filter(
      (check) =>
        !covering.includes(check) &&
        check.cites.some((cite) => cite.ranges.some((range) => hits(cite.artifact, range))),
    ),
  }
}

/** The byte in its own space and in those derived from it; characters of an encoding stand for several bytes and would name neighbours too. */
function seenOf(spaces: readonly Space[], edit: Edit): Seen[] {
  const own: Seen = { space: edit.space, start: edit.offset, end: edit.offset + 1 }
  const below = spaces.filter(
    (space) => space.parent === edit.space || space.pieces.some((piece) => piece.source === edit.space),
  )
  const found: Seen[] = [
    own,
    ...edit.changes.map((change) => ({ space: '', start: change.offset, end: change.offset + 1 })),
  ]
  for (const space of below) {
    for (const piece of space.pieces) {
      if (edit.offset < piece.sourceStart || edit.offset >= piece.sourceEnd) continue
      const at =
        piece.at +
        Math.floor(((edit.offset - piece.sourceStart) * piece.length) / (piece.sourceEnd - piece.sourceStart))
      found.push(
        space.map === 'opaque'
          ? { space: space.id, start: piece.at, end: piece.at + piece.length }
          : { space: space.id, start: at, end: at + 1 },
      )
    }
  }
  return found
}

/** A byte worth flipping: one of each kind of protection, the middle of the longest run. */
export interface Target {
  readonly by: Coverage['by']
  readonly file: number
  readonly artifact: ArtifactIndex
  readonly space: string
  readonly offset: number
}

/** Bytes that the program in the evidence chose: its report data. */
export interface Chosen {
  readonly artifact: ArtifactIndex
  readonly range: ByteRange
}

/** One byte of each kind of protection that the unchanged case has. */
export function targetsOf(
  before: AppraisalView,
  inspection: Inspection,
  subject: number,
  chosen?: Chosen,
): readonly Target[] {
  const best = new Map<Coverage['by'], { readonly length: number; readonly target: Target }>()
  for (const check of before.checks) {
    if (check.subject !== subject || check.outcome !== 'pass') continue
    for (const { artifact, range, by } of check.covers ?? []) {
      const file = inspection.artifacts.find((one) => one.index === artifact)?.file
      const length = range.end - range.start
      if (file === undefined || length <= 0 || length <= (best.get(by)?.length ?? 0)) continue
      best.set(by, { length, target: { by, file, artifact, space: range.space, offset: range.start + (length >> 1) } })
    }
  }
  // Of its kind of protection the value that the program itself chose comes first: it is what a reader would want to forge.
  for (const [by, { target }] of best)
    if (chosen && covers(before, subject, by, chosen))
      best.set(by, {
        length: Number.POSITIVE_INFINITY,
        target: { ...target, artifact: chosen.artifact, space: chosen.range.space, offset: chosen.range.start },
      })
  const order: readonly Coverage['by'][] = ['attestation-key', 'hash', 'endorsement', 'signature', 'collateral']
  return order.flatMap((by) => {
    const one = best.get(by)
    return one ? [one.target] : []
  })
}

/** Whether a check that passed protects the first byte of a range in this way. */
function covers(view: AppraisalView, subject: number, by: Coverage['by'], { artifact, range }: Chosen): boolean {
  return view.checks.some(
    (check) =>
      check.subject === subject &&
      check.outcome === 'pass' &&
      (check.covers ?? []).some(
        (one) =>
          one.by === by &&
          one.artifact === artifact &&
          one.range.space === range.space &&
          one.range.start <= range.start &&
          one.range.end > range.start,
      ),
  )
}
