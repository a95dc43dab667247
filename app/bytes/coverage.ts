import type { ArtifactIndex, Space } from '../../src/core/place.ts'
import type { CheckResult, Coverage } from '../../src/core/verdict.ts'

/** What protects a byte, strongest statement first; `none` where no check that passed covers it. */
export type Protection = Coverage['by'] | 'none'

/** Bytes `start..end` of one space with one kind of protection. */
export interface Segment {
  readonly start: number
  readonly end: number
  readonly by: Protection
}

const RANK: readonly Protection[] = ['attestation-key', 'endorsement', 'hash', 'collateral', 'signature', 'none']

/** Which bytes of one file passing checks protect, by space; bytes of derived spaces count for the bytes they came from. */
export function coverageOf(
  checks: readonly CheckResult[],
  fileOf: (artifact: ArtifactIndex) => number | undefined,
  file: number,
  spaces: readonly Space[],
): ReadonlyMap<string, readonly Segment[]> {
  const found = new Map<string, Segment[]>()
  const put = (space: string, segment: Segment) => {
    const list = found.get(space)
    if (list) list.push(segment)
    else found.set(space, [segment])
  }
  for (const check of checks) {
    if (check.outcome !== 'pass') continue
    for (const { artifact, range, by } of check.covers ?? []) {
      if (fileOf(artifact) !== file) continue
      put(range.space, { start: range.start, end: range.end, by })
      for (const source of sourcesOf(range.space, range.start, range.end, spaces))
        put(source.space, { start: source.start, end: source.end, by })
    }
  }
  const flat = new Map([...found].map(([space, list]) => [space, flattened(list)] as const))
  // What was derived from protected bytes is as protected as they are: parents first, so that it reaches what is nested.
  for (const space of outermostFirst(spaces)) {
    const inherited = space.pieces.flatMap((piece) =>
      inheritedBy(piece, space, flat.get(piece.source ?? space.parent ?? '') ?? []),
    )
    if (inherited.length > 0) flat.set(space.id, flattened([...(flat.get(space.id) ?? []), ...inherited]))
  }
  return flat
}

function outermostFirst(spaces: readonly Space[]): Space[] {
  const byId = new Map(spaces.map((space) => [space.id, space]))
  const depth = (space: Space) => {
    let steps = 0
    for (let at: Space | undefined = space; at?.parent !== undefined && steps < 64; at = byId.get(at.parent)) steps += 1
    return steps
  }
  return spaces
    .filter((space) => space.parent !== undefined)
    .map((space) => ({ space, steps: depth(space) }))
    .sort((a, b) => a.steps - b.steps)
    .map(({ space }) => space)
}

/** The part of a piece whose source is protected; where the two do not run in step, only what is wholly so. */
function inheritedBy(piece: Space['pieces'][number], space: Space, segments: readonly Segment[]): Segment[] {
  const width = piece.sourceEnd - piece.sourceStart
  return segments.flatMap(({ start, end, by }) => {
    const from = Math.max(start, piece.sourceStart) - piece.sourceStart
    const to = Math.min(end, piece.sourceEnd) - piece.sourceStart
    if (to <= from || piece.length === 0) return []
    if (space.map === 'opaque')
      return from === 0 && to === width ? [{ start: piece.at, end: piece.at + piece.length, by }] : []
    const ratio = piece.length / width
    const own = { start: piece.at + Math.ceil(from * ratio), end: piece.at + Math.floor(to * ratio), by }
    return own.end > own.start ? [own] : []
  })
}

/** Where bytes of a derived space came from, all the way back to the file. */
export function sourcesOf(
  id: string,
  start: number,
  end: number,
  spaces: readonly Space[],
): { space: string; start: number; end: number }[] {
  const found: { space: string; start: number; end: number }[] = []
  const queue = [{ space: id, start, end }]
  for (let next = queue.shift(); next && found.length < 256; next = queue.shift()) {
    const here = next
    const space = spaces.find((candidate) => candidate.id === here.space)
    if (!space || space.parent === undefined) continue
    for (const piece of space.pieces) {
      if (piece.at >= here.end || piece.at + piece.length <= here.start) continue
      // Where source and derived bytes run in step, part of a piece maps to part of its source.
      const isPlain = piece.sourceEnd - piece.sourceStart === piece.length
      const from = Math.max(here.start, piece.at) - piece.at
      const to = Math.min(here.end, piece.at + piece.length) - piece.at
      const ratio = piece.length === 0 ? 0 : (piece.sourceEnd - piece.sourceStart) / piece.length
      const source =
        space.map === 'opaque'
          ? { start: piece.sourceStart, end: piece.sourceEnd }
          : {
              start: piece.sourceStart + (isPlain ? from : Math.floor(from * ratio)),
              end: piece.sourceStart + (isPlain ? to : Math.ceil(to * ratio)),
            }
      const place = { space: piece.source ?? space.parent, ...source }
      found.push(place)
      queue.push(place)
    }
  }
  return found
}

/** Disjoint and sorted; where several apply the strongest is named. */
function flattened(list: readonly Segment[]): Segment[] {
  const cuts = [...new Set(list.flatMap((segment) => [segment.start, segment.end]))].sort((a, b) => a - b)
  const result: Segment[] = []
  for (const [index, start] of cuts.entries()) {
    const end = cuts[index + 1]
    if (end === undefined) break
    const here = list.filter((segment) => segment.start <= start && segment.end >= end)
    const by = RANK.find((kind) => here.some((segment) => segment.by === kind))
    if (by === undefined) continue
    const last = result.at(-1)
    if (last && last.end === start && last.by === by) result[result.length - 1] = { ...last, end }
    else result.push({ start, end, by })
  }
  return result
}

/** Protection of one byte. */
export function protectionAt(segments: readonly Segment[], offset: number): Protection {
  let low = 0
  let high = segments.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((segments[middle]?.start ?? 0) <= offset) low = middle + 1
    else high = middle
  }
  const segment = segments[low - 1]
  return segment && segment.end > offset ? segment.by : 'none'
}

/** Protection of a whole range: one kind where all bytes share it, else `mixed`. */
export function protectionOf(segments: readonly Segment[], start: number, end: number): Protection | 'mixed' {
  const first = protectionAt(segments, start)
  if (end - start <= 1) return first
  for (const segment of segments) {
    if (segment.end <= start || segment.start >= end) continue
    return segment.start <= start && segment.end >= end ? segment.by : 'mixed'
  }
  return first
}

/** Number of bytes of a space that passing checks protect. */
export function coveredBytes(segments: readonly Segment[]): number {
  return segments.reduce((sum, segment) => sum + segment.end - segment.start, 0)
}
