import type { FieldNode, Problem } from '../core/field.ts'
import { rangeOf, type Slice } from '../core/place.ts'
import { say } from '../core/saying.ts'
import type { Mark } from '../core/scheme.ts'
import { gapNode, hexOffset } from '../bytes/layout.ts'
import { isText } from './looks-like.ts'
import { STRONG, type Branch, type Opened, type Work } from './types.ts'

/** One search for everything: structures in the middle of bytes that know nothing of them, found by the marks that the schemes declare. */

/** Most places of one mark that are asked about: more than any file has, and few enough that hostile ones cost little. */
const PLACES = 4096
/** Most structures that are found in one run of bytes. */
const FOUND = 128

/** Where a structure lies. */
export interface Place {
  readonly start: number
  readonly end: number
  readonly isMinor?: boolean
}

/** Where the structure ends that begins exactly where the slice does; undefined where no mark says. */
export function extentAt(slice: Slice, marks: readonly Mark[]): number | undefined {
  for (const mark of marks) {
    if (!standsAt(mark.bytes, slice.bytes, slice.start + mark.behind, slice.end)) continue
    const end = mark.end(slice)
    if (end !== undefined) return Math.min(end, slice.end)
  }
  return undefined
}

function standsAt(wanted: readonly number[], bytes: Uint8Array, at: number, end: number): boolean {
  if (at + wanted.length > end) return false
  for (let i = 0; i < wanted.length; i++) if (bytes[at + i] !== wanted[i]) return false
  return true
}

/** Zeros and ones are everywhere: the byte of a mark that is looked for is the first that is neither. */
function pivotOf(wanted: readonly number[]): number {
  const rare = wanted.findIndex((byte) => byte > 1)
  return rare >= 0 ? rare : Math.max(0, wanted.indexOf(1))
}

interface Candidate {
  readonly start: number
  readonly mark: Mark
  readonly order: number
}

/** Marks with fixed bytes by the value of their pivot, so that one pass over the bytes asks about all of them. */
function byPivot(marks: readonly Mark[]): readonly (readonly Sought[])[] {
  const table: Sought[][] = Array.from({ length: 256 }, () => [])
  for (const [order, mark] of marks.entries()) {
    if (mark.places) continue
    const pivot = pivotOf(mark.bytes)
    table[mark.bytes[pivot] ?? 0]?.push({ mark, order, pivot, places: 0 })
  }
  return table
}

interface Sought {
  readonly mark: Mark
  readonly order: number
  readonly pivot: number
  /** Where it stood so far. */
  places: number
}

/** Every place at which a mark stands, in order; at one place, in the order of the marks. */
function candidates(slice: Slice, marks: readonly Mark[]): Candidate[] {
  const found: Candidate[] = []
  for (const [order, mark] of marks.entries())
    for (const start of mark.places?.(slice).slice(0, PLACES) ?? []) found.push({ start, mark, order })
  const table = byPivot(marks)
  const { bytes, end } = slice
  for (let at = slice.start; at < end; at++) {
    const asked = table[bytes[at] ?? 0]
    if (asked === undefined || asked.length === 0) continue
    for (const sought of asked) {
      const from = at - sought.pivot
      const start = from - sought.mark.behind
      if (start < slice.start || sought.places >= PLACES || !standsAt(sought.mark.bytes, bytes, from, end)) continue
      sought.places++
      found.push({ start, mark: sought.mark, order: sought.order })
    }
  }
  return found.sort((a, b) => a.start - b.start || a.order - b.order)
}

/** Structures in a slice, in order and apart from each other: what lies inside one belongs to it. */
export function placesIn(slice: Slice, work: Pick<Work, 'detect' | 'marks'>): Place[] {
  const found: Place[] = []
  let free = slice.start
  for (const { start, mark } of candidates(slice, work.marks)) {
    if (start < free || found.length >= FOUND) continue
    const end = mark.end({ ...slice, start })
    if (end === undefined || end <= start) continue
    const own: Slice = { ...slice, start, end: Math.min(end, slice.end) }
    if ((work.detect(own)[0]?.score ?? 0) < STRONG) continue
    found.push({ start, end: own.end, isMinor: mark.isMinor ?? false })
    free = own.end
  }
  return found
}

/** Known structures in the middle of bytes that are not known: offered with their offset. */
export function openMagics(slice: Slice, work: Work): Opened | undefined {
  const structures = placesIn(slice, work)
  const texts = isText(slice) ? [] : textsIn(slice, structures, work)
  const places = [...structures, ...texts].sort((a, b) => a.start - b.start)
  const [first] = places
  if (!first || places.every((place) => place.isMinor) || (first.start === slice.start && first.end === slice.end))
    return undefined
  const branches = places.map((place): Branch => {
    const at = hexOffset(place.start)
    return {
      via: `bytes from ${at}`,
      because: say('unwrap.layer.found-inside', { at }),
      slice: { ...slice, start: place.start, end: place.end },
      spaces: [],
      // Said once for all that stands around them.
      problems: place === first ? around(slice, places) : [],
      name: at,
      // What was cut off may run on to the end.
      isOpenEnded: true,
    }
  })
  return { branches, isContainer: true, problems: [], tree: () => tree(slice, places) }
}

/** Shorter texts hold nothing that is known here. */
const SHORTEST_TEXT = 96
/** Most texts in one run of bytes that are looked at. */
const TEXTS = 32
/** Bytes of a length or a tag that look like text may stand right before one. */
const LENGTH_BYTES = 2

/** Texts between the structures in which something is recognised: PEM, JSON, tokens, values in hex and base64. */
function textsIn(slice: Slice, structures: readonly Place[], work: Work): Place[] {
  const found: Place[] = []
  let tried = 0
  const { bytes } = slice
  const between = [...structures, { start: slice.end, end: slice.end }]
  let from = slice.start
  for (const { start: to, end: next } of between) {
    for (let at = from; at < to;) {
      let stop = at
      while (stop < to && isPrintable(bytes[stop] ?? 0)) stop++
      if (stop - at >= SHORTEST_TEXT && stop - at < slice.end - slice.start && tried < TEXTS) {
        tried++
        const starts = Array.from({ length: LENGTH_BYTES + 1 }, (_, skip): Slice => ({
          ...slice,
          start: at + skip,
          end: stop,
        }))
        // What the text is itself comes first: what lies in it would also be found from a byte too early.
        const own =
          starts.find((one) => (work.detect(one)[0]?.score ?? 0) >= STRONG) ?? starts.find((one) => work.leads(one))
        if (own) found.push({ start: own.start, end: own.end })
      }
      at = stop + 1
    }
    from = next
  }
  return found
}

const isPrintable = (byte: number): boolean => (byte >= 0x20 && byte < 0x7f) || (byte >= 0x09 && byte <= 0x0d)

/** What stands before the first structure and behind the last is not explained by them. */
function around(slice: Slice, places: readonly Place[]): Problem[] {
  const problems: Problem[] = []
  const { space } = slice
  const first = places[0]?.start ?? slice.end
  const last = places.at(-1)?.end ?? slice.end
  if (first > slice.start)
    problems.push({
      because: say('unwrap.found-inside', { at: hexOffset(first), count: first - slice.start }, 'around'),
      range: { space, start: slice.start, end: first },
    })
  if (last < slice.end)
    problems.push({
      because: say('unwrap.found-before', { at: hexOffset(last), count: slice.end - last }, 'around'),
      range: { space, start: last, end: slice.end },
    })
  return problems
}

function tree(slice: Slice, places: readonly Place[]): FieldNode {
  const children: FieldNode[] = []
  let at = slice.start
  const gap = (end: number) => {
    if (end > at)
      children.push(
        gapNode(`gap${children.length}`, 'unexplained', { ...slice, start: at, end }, [], 'field.unexplained'),
      )
  }
  for (const { start, end } of places) {
    gap(start)
    children.push({
      path: `found${children.length}`,
      label: hexOffset(start),
      kind: 'embedded',
      ranges: [{ space: slice.space, start, end }],
      value: { kind: 'none' },
      children: [],
      problems: [],
    })
    at = end
  }
  gap(slice.end)
  return {
    path: '',
    label: 'bytes',
    kind: 'struct',
    ranges: [rangeOf(slice)],
    value: { kind: 'none' },
    children,
    problems: [],
  }
}
