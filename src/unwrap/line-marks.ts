import type { Slice } from '../core/place.ts'
import { editor } from '../envelope/edited.ts'
import { isWhite, latin1 } from '../envelope/characters.ts'
import type { Unwrapped } from '../envelope/types.ts'

/** Lines that belong together, with what stands around each of them taken off. */
export interface MarkedLines {
  readonly read: Unwrapped
  /** What they are part of. */
  readonly part: Slice
}

interface Line {
  readonly start: number
  readonly end: number
}
/** Where the content of a line begins and ends; undefined when the line has not this mark. */
type Mark = (bytes: Uint8Array, line: Line, before: Line | undefined) => Line | undefined

/** Mail quotes `> …`, patches `+…`, numbered lines, lines that go on with `\`. */
const MARKS: readonly Mark[] = [
  (bytes, { start, end }) => {
    let at = start
    while (
      at < end &&
      (bytes[at] === 0x3e || (bytes[at] === 0x20 && (at === start || bytes[at - 1] === 0x3e || bytes[at + 1] === 0x3e)))
    )
      at++
    return bytes[start] === 0x3e || (at > start && bytes[at - 1] === 0x3e) || (at > start + 1 && bytes[at - 2] === 0x3e)
      ? { start: at, end }
      : undefined
  },
  (bytes, { start, end }) => (bytes[start] === 0x2b && start < end ? { start: start + 1, end } : undefined),
  (bytes, { start, end }, before) => {
    const own = numberAt(bytes, start, end)
    if (!own) return undefined
    const other = before && numberAt(bytes, before.start, before.end)
    return before && other?.value !== own.value - 1 ? undefined : { start: own.end, end }
  },
  (bytes, { start, end }) =>
    end > start && bytes[end - 1] === 0x5c && bytes[end - 2] !== 0x5c ? { start, end: end - 1 } : undefined,
]
/** Fewest lines that share a mark. */
const FEWEST = 2
/** Most stretches of lines that are given. */
const STRETCHES = 32

/** The stretches of lines that share a mark, without it. */
export function* markedLines(slice: Slice): Generator<MarkedLines> {
  const { bytes } = slice
  let given = 0
  for (const [kind, mark] of MARKS.entries()) {
    let open: { first: number; last: number; count: number; lines: Line[] } | undefined
    let before: Line | undefined
    for (let at = slice.start; at <= slice.end && given < STRETCHES;) {
      const line = lineAt(slice, at)
      const isOver = at >= slice.end
      const inner = isOver ? undefined : mark(bytes, line, open ? before : undefined)
      if (inner) {
        open ??= { first: line.start, last: line.end, count: 0, lines: [] }
        open.lines.push(inner)
        open.last = line.end
      } else if (open) {
        // The last line of those that go on has no mark any more.
        if (kind === 3 && !isOver && line.end > line.start) {
          open.lines.push(line)
          open.last = line.end
        }
        if (open.lines.length >= FEWEST && open.last - open.first >= 64) {
          given++
          yield joined(slice, open)
        }
        open = undefined
      }
      before = line
      at = nextLine(slice, line.end)
      if (isOver) break
    }
  }
}

function joined(
  slice: Slice,
  { first, last, lines }: { readonly first: number; readonly last: number; readonly lines: readonly Line[] },
): MarkedLines {
  const part: Slice = { ...slice, start: first, end: last }
  const out = editor(part)
  for (const line of lines) {
    out.keep(line.start, line.end)
    // The line break itself, where there is one.
    if (line.end < last) out.put(0x0a, line.end, line.end + 1)
  }
  return { part, read: out.done('slice') }
}

/** Shorter values at the ends of lines are not put together, nor are those that may well be whole. */
const SHORTEST_VALUE = 16
const LONGEST_VALUE = 256

/** The values at the ends of lines that follow one another (`… quote[3]: AAAA`), put together: all are as long as the first, save the last. */
export function* valueColumns(slice: Slice): Generator<MarkedLines> {
  const { bytes } = slice
  let lines: Line[] = []
  let first = 0
  let last = 0
  // Lines that are indented values and nothing else are a block, which is read as one anyway.
  const isMarked = (line: Line, value: Line) => {
    for (let i = line.start; i < value.start; i++) if (!isWhite(bytes[i])) return true
    return false
  }
  const width = () => {
    const [one] = lines
    return one ? one.end - one.start : 0
  }
  let given = 0
  for (let at = slice.start; at <= slice.end && given < STRETCHES;) {
    const line = lineAt(slice, at)
    const value = at >= slice.end ? undefined : lastValue(bytes, line)
    const length = value ? value.end - value.start : 0
    const fits =
      value !== undefined &&
      isMarked(line, value) &&
      (lines.length === 0 ? length >= SHORTEST_VALUE && length <= LONGEST_VALUE : length <= width())
    if (fits) {
      if (lines.length === 0) first = line.start
      lines.push(value)
      last = line.end
    }
    if (!fits || length < width()) {
      if (lines.length > FEWEST && !isSameStart(bytes, lines)) {
        given++
        yield joined(slice, { first, last, lines })
      }
      lines = []
      if (
        !fits &&
        value !== undefined &&
        isMarked(line, value) &&
        length >= SHORTEST_VALUE &&
        length <= LONGEST_VALUE
      ) {
        lines = [value]
        first = line.start
        last = line.end
      }
    }
    if (at >= slice.end) break
    at = nextLine(slice, line.end)
  }
}

/** Parts of one value are at least this long; shorter ones are names and digests. */
const SHORTEST_PART = 40

/** Long values at the ends of lines that begin alike but for their numbers (`12:00:01 INFO part 2: AAAA…`): one value, split by a logger. All are as long as the first, save the last. */
export function* continuedValues(slice: Slice): Generator<MarkedLines> {
  const { bytes } = slice
  let lines: Line[] = []
  let whole = { first: 0, last: 0, prefix: '' }
  let given = 0
  for (let at = slice.start; at <= slice.end && given < STRETCHES;) {
    const isOver = at >= slice.end
    const line = lineAt(slice, at)
    const value = isOver ? undefined : longValue(bytes, line)
    const prefix = value ? withoutNumbers(bytes, line.start, value.start) : ''
    const [one] = lines
    const length = value ? value.end - value.start : 0
    const width = one ? one.end - one.start : 0
    const goesOn = value !== undefined && one !== undefined && prefix === whole.prefix && length <= width
    if (goesOn) {
      lines.push(value)
      whole.last = line.end
    }
    if (!goesOn || length < width) {
      if (lines.length >= FEWEST && !isSameStart(bytes, lines)) {
        given++
        yield joined(slice, { ...whole, lines })
      }
      lines = !goesOn && value && prefix.trim() !== '' && length >= SHORTEST_PART ? [value] : []
      whole = { first: line.start, last: line.end, prefix }
    }
    if (isOver) break
    at = nextLine(slice, line.end)
  }
}

/** The run of hex or base64 at the end of a line, however long. */
function longValue(bytes: Uint8Array, { start, end }: Line): Line | undefined {
  let to = end
  while (to > start && end - to < 4 && !isValueByte(bytes[to - 1])) to--
  let from = to
  while (from > start && isValueByte(bytes[from - 1])) from--
  return to > from ? { start: from, end: to } : undefined
}

/** Longer beginnings of lines are none. */
const LONGEST_PREFIX = 400

function withoutNumbers(bytes: Uint8Array, from: number, to: number): string {
  return to - from > LONGEST_PREFIX ? '' : latin1(bytes, from, to).replace(/\d+/g, '#')
}

/** Values that begin alike are several things of one kind, not the parts of one. */
function isSameStart(bytes: Uint8Array, lines: readonly Line[]): boolean {
  const [one, two, three] = lines
  if (!one || !two || !three) return false
  for (let i = 0; i < 4; i++)
    if (bytes[one.start + i] !== bytes[two.start + i] || bytes[one.start + i] !== bytes[three.start + i]) return false
  return true
}

/** The last run of hex or base64 on a line, with nothing but punctuation behind it. */
function lastValue(bytes: Uint8Array, { start, end }: Line): Line | undefined {
  let to = end
  while (to > start && end - to < 8 && !isValueByte(bytes[to - 1])) to--
  let from = to
  while (from > start && to - from <= LONGEST_VALUE && isValueByte(bytes[from - 1])) from--
  return to > from ? { start: from, end: to } : undefined
}

function isValueByte(byte: number | undefined): boolean {
  return (
    byte !== undefined &&
    ((byte >= 0x30 && byte <= 0x39) ||
      (byte >= 0x41 && byte <= 0x5a) ||
      (byte >= 0x61 && byte <= 0x7a) ||
      byte === 0x2b ||
      byte === 0x2f ||
      byte === 0x2d ||
      byte === 0x5f ||
      byte === 0x3d)
  )
}

function numberAt(
  bytes: Uint8Array,
  start: number,
  end: number,
): { readonly value: number; readonly end: number } | undefined {
  let at = start
  while (at < end && isWhite(bytes[at])) at++
  const digits = at
  let value = 0
  while (at < end && at - digits < 8 && (bytes[at] ?? 0) >= 0x30 && (bytes[at] ?? 0) <= 0x39)
    value = value * 10 + (bytes[at++] ?? 0) - 0x30
  const mark = bytes[at]
  if (at === digits) return undefined
  if (at < end && mark !== 0x3a && mark !== 0x7c && mark !== 0x2e && mark !== 0x29 && !isWhite(mark)) return undefined
  if (at < end) at++
  while (at < end && isWhite(bytes[at])) at++
  return { value, end: at }
}

/** One line without its break. */
export function lineAt({ bytes, end }: Slice, at: number): Line {
  const newline = bytes.subarray(0, end).indexOf(0x0a, at)
  const stop = newline < 0 ? end : newline
  return { start: at, end: stop > at && bytes[stop - 1] === 0x0d ? stop - 1 : stop }
}

/** Where the line behind begins. */
export function nextLine({ bytes, end }: Slice, lineEnd: number): number {
  let at = lineEnd
  if (bytes[at] === 0x0d && at < end) at++
  return at + 1 > end ? end : at + 1
}
