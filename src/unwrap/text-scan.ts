import type { Problem } from '../core/field.ts'
import type { Slice } from '../core/place.ts'
import { say } from '../core/saying.ts'
import { hexOffset } from '../bytes/layout.ts'
import { parseJson } from '../bytes/json.ts'
import { findText, hexDigit, isTextAt, isWhite, latin1 } from '../envelope/characters.ts'
import { isDumpLine } from '../envelope/hex-dump.ts'
import { readLiterals } from '../envelope/literals.ts'
import { endOfNumberList } from '../envelope/number-list.ts'
import { isWorthwhile } from './looks-like.ts'
import { continuedValues, markedLines, valueColumns } from './line-marks.ts'
import { isPrintedMessage } from './printed.ts'
import type { Branch, Opened, Work } from './types.ts'
import {
  endOfLine,
  isBound,
  isHexOnly,
  isLeftOut,
  isSentenceEnd,
  isTornBelow,
  isValueByte,
  isWhole,
  skipBlank,
} from './value-bounds.ts'

/** How much of a text is looked at to tell a printed message. */
const PRINTED_HEAD = 8192

/** A line that is all base64 or hex and at least this long may be one of several that belong together. */
const SHORTEST_LINE = 40
/** Shorter JSON texts hold less than 64 bytes. */
const SHORTEST_LIST = 128
const FEWEST_NUMBERS = 64

/** Long values in text that has a shape of its own (YAML, XML, settings, a log): runs of hex or base64, number arrays, PEM blocks. */
export function openText(slice: Slice, work: Work): Opened | undefined {
  // Its values are fields of one message; each taken alone would be something else.
  if (isPrintedMessage(latin1(slice.bytes, slice.start, Math.min(slice.end, slice.start + PRINTED_HEAD))))
    return { branches: [], isContainer: false, isCertain: true, problems: [] }
  const marked = markedIn(slice, work)
  const iterator = values(slice, marked)
  const first = iterator.next()
  if (first.done) return undefined
  return { branches: chain(first.value, iterator), isContainer: true, problems: [] }
}

function* chain(first: Branch, others: Generator<Branch>): Generator<Branch> {
  yield first
  yield* others
}

/** Larger texts are not looked at for marked lines. */
const MARKED_LIMIT = 2 * 1024 * 1024

interface Marked {
  readonly start: number
  readonly end: number
  readonly branch: Branch
}

/** Lines that say one thing together once the marks around each (`> `, `+`, numbers, the time of a log) are taken off. Where that leads nowhere, each line is looked at as it stands. */
function markedIn(slice: Slice, work: Work): Marked[] {
  const found: Marked[] = []
  if (slice.end - slice.start > MARKED_LIMIT) return found
  for (const { read, part } of [...continuedValues(slice), ...markedLines(slice), ...valueColumns(slice)]) {
    if (found.some((other) => part.start < other.end && part.end > other.start) || read.space.bytes.length > work.room)
      continue
    // A dump has marks of its own.
    if (isDumpLine(part.bytes, part.start, endOfLine(part.bytes.subarray(0, part.end), part.start))) continue
    work.room -= read.space.bytes.length
    if (!work.leads(read.slice)) continue
    const at = hexOffset(part.start)
    found.push({
      start: part.start,
      end: part.end,
      branch: {
        via: `lines from ${at}`,
        because: say('unwrap.layer.marked-lines', { at }),
        slice: read.slice,
        spaces: [read.space],
        problems: [],
        name: at,
      },
    })
  }
  return found.sort((a, b) => a.start - b.start)
}

function* values(slice: Slice, marked: readonly Marked[]): Generator<Branch> {
  for (const { branch } of marked) yield branch
  const { bytes, end } = slice
  const whole = bytes.subarray(0, end)
  const room: Room = { left: 4 * (end - slice.start) + 4096, texts: TEXTS_TRIED }
  // The line before, whose last word may name what follows.
  let before = { from: slice.start, to: slice.start }
  let nextPem = findText(bytes, slice.start, end, '-----BEGIN ')
  let nextMarked = 0
  for (let at = slice.start; at < end;) {
    while ((marked[nextMarked]?.end ?? end) < at) nextMarked++
    const passed = marked[nextMarked]
    if (passed && passed.start <= at && passed.end > at) {
      at = passed.end
      continue
    }
    const lineEnd = endOfLine(whole, at)
    if (nextPem >= 0 && nextPem < at) nextPem = findText(bytes, at, end, '-----BEGIN ')
    const pem = nextPem
    const start = skipBlank(bytes, at, lineEnd)
    if (start === lineEnd) {
      at = lineEnd + 1
      continue
    }
    const dump = endOfDump(whole, at, lineEnd)
    if (dump > at) {
      if (dump - start < end - slice.start)
        yield value(nameBefore(bytes, before.from, before.to), { ...slice, start, end: dump }, slice)
      at = dump
      continue
    }
    if (pem >= 0 && pem < lineEnd) {
      const stop = endOfPem(slice, pem)
      // A text that is nothing but this was looked at as PEM already.
      if (stop - pem < end - slice.start && !isHeld(slice, at, pem, room)) {
        yield value(
          nameBefore(bytes, at, pem) || nameBefore(bytes, before.from, before.to),
          { ...slice, start: pem, end: stop },
          slice,
        )
        at = stop
        continue
      }
    }
    const block = endOfBlock(whole, at, lineEnd, before)
    if (block > at) {
      const from = skipBlank(bytes, at, block)
      if (
        block - from < end - slice.start &&
        isWorthwhile({ ...slice, start: from, end: block }) &&
        !isTornBelow(whole, block) &&
        !isLeftOut(whole, skipBlank(bytes, before.from, before.to))
      )
        yield value(nameBefore(bytes, before.from, before.to), { ...slice, start: from, end: block }, slice)
      at = block
      continue
    }
    let next = lineEnd + 1
    for (let run = at; run < lineEnd;) {
      const held = opening(slice, run, room)
      if (held) {
        // What opens here may go over many lines.
        const name = nameBefore(bytes, at, run) || nameBefore(bytes, before.from, before.to)
        yield {
          ...value(name, { ...slice, start: run, end: held.end }, slice),
          ...held.branch?.(name === '' ? hexOffset(run) : name),
        }
        run = held.end
        next = Math.max(next, held.end)
        continue
      }
      const pairs = hexDigit(bytes[run]) >= 0 ? endOfPairs(whole, run) : run
      if (pairs - run >= 3 * FEWEST_NUMBERS - 1) {
        if (pairs - run < end - slice.start && isBound(whole, pairs))
          yield value(
            nameBefore(bytes, at, run) || nameBefore(bytes, before.from, before.to),
            { ...slice, start: run, end: pairs },
            slice,
          )
        run = pairs
        next = Math.max(next, pairs)
        continue
      }
      const numbers = endOfNumbers(whole, run)
      if (numbers > run) {
        if (numbers - run < end - slice.start)
          yield value(
            nameBefore(bytes, at, run) || nameBefore(bytes, before.from, before.to),
            { ...slice, start: run, end: numbers },
            slice,
          )
        run = numbers
        next = Math.max(next, numbers)
        continue
      }
      let stop = run
      while (stop < lineEnd && isValueByte(bytes[stop] ?? 0)) stop++
      while (stop < lineEnd && stop > run && bytes[stop] === 0x3d) stop++
      if (stop === run) {
        run++
        continue
      }
      const wrapped = endOfWrapped(whole, run, stop, lineEnd)
      if (wrapped > stop) {
        if (wrapped - run < end - slice.start)
          yield value(
            nameBefore(bytes, at, run) || nameBefore(bytes, before.from, before.to),
            { ...slice, start: run, end: wrapped },
            slice,
          )
        run = wrapped
        next = Math.max(next, wrapped)
        continue
      }
      const close = isSentenceEnd(bytes, run, stop) ? stop - 1 : stop
      if (
        close - run < end - slice.start &&
        isWorthwhile({ ...slice, start: run, end: close }) &&
        isWhole(whole, run, stop)
      )
        yield value(
          nameBefore(bytes, at, run) || nameBefore(bytes, before.from, before.to),
          { ...slice, start: run, end: close },
          slice,
        )
      run = Math.max(stop, run + 1)
    }
    if (lineEnd - at > 1) before = { from: at, to: lineEnd }
    at = next
  }
}

/** What may still be looked at more than once, and how many JSON texts may be tried. */
interface Room {
  left: number
  texts: number
}
const TEXTS_TRIED = 128
/** What the attempt at a list costs beyond the bytes that were looked at. */
const ATTEMPT = 64

/** What opens at a bracket or a quote: a list of numbers, a string literal with escapes, a JSON text. */
function opening(
  slice: Slice,
  at: number,
  room: Room,
): { readonly end: number; readonly branch?: (name: string) => Partial<Branch> } | undefined {
  const { bytes, end } = slice
  const byte = bytes[at]
  if (room.left <= 0) return undefined
  if (byte === 0x5b || byte === 0x7b || byte === 0x28 || (byte === 0x3c && bytes[at + 1] === 0x3c)) {
    const inside = skipBlank(bytes, byte === 0x3c ? at + 2 : at + 1, Math.min(end, at + 256))
    const first = bytes[inside] ?? 0
    if (first === 0x22 || (byte === 0x5b && (first === 0x7b || first === 0x5b))) return jsonAt(slice, at, room)
    if (first !== 0x28 && first !== 0x2d && first !== 0x2f && (first < 0x30 || first > 0x39)) return undefined
    const { stop, looked, count } = endOfNumberList(bytes, at, end)
    room.left -= looked - at + ATTEMPT
    return stop > at && count >= FEWEST_NUMBERS && stop - at < end - slice.start ? { end: stop } : undefined
  }
  if (byte === 0x3c && isTextAt(bytes, at, end, '<Buffer ')) {
    const close = bytes.subarray(0, end).indexOf(0x3e, at)
    room.left -= Math.max(close, at) - at
    return close < 0 || isHexOnly(bytes, at + 8, at + 10) === false
      ? undefined
      : { end: close + 1, branch: () => ({ slice: { ...slice, start: at + 8, end: close } }) }
  }
  if (byte !== 0x22 && byte !== 0x27) return undefined
  const { read, end: stop, count, hasEscapes } = readLiterals({ ...slice, start: at })
  room.left -= stop - at
  if (!read || (count < 2 && !hasEscapes) || read.slice.end < FEWEST_NUMBERS) return undefined
  return {
    end: stop,
    branch: (name) => ({
      via: `string literal ${name}`,
      because: say('unwrap.layer.string-literal', { name, at: hexOffset(at) }),
      slice: read.slice,
      spaces: [read.space],
    }),
  }
}

/** A JSON text that begins in the middle of other text. */
function jsonAt(
  slice: Slice,
  at: number,
  room: Room,
): { readonly end: number; readonly branch: (name: string) => Partial<Branch> } | undefined {
  if (at === slice.start || room.texts <= 0) return undefined
  room.texts--
  const parsing = parseJson({ ...slice, start: at })
  const reached = parsing.value?.range.end ?? parsing.problems.at(-1)?.range.start ?? at
  room.left -= reached - at
  if (!parsing.value || reached - at < SHORTEST_LIST) return undefined
  return {
    end: reached,
    branch: (name) => ({
      via: `JSON at ${hexOffset(at)}`,
      because: say('unwrap.layer.json-in-text', { at: hexOffset(at) }),
      name,
    }),
  }
}

/** Behind the lines of a hex dump that begin here, or `at` when there are not two. */
function endOfDump(bytes: Uint8Array, at: number, firstEnd: number): number {
  let stop = at
  let count = 0
  for (let line = at, lineEnd = firstEnd; line < bytes.length;) {
    const to = lineEnd > line && bytes[lineEnd - 1] === 0x0d ? lineEnd - 1 : lineEnd
    const isStar = count > 0 && bytes[line] === 0x2a && to === line + 1
    const isClosing =
      count > 1 && to - line <= 16 && to - line >= 4 && hexDigit(bytes[line]) >= 0 && isHexOnly(bytes, line, to)
    if (!isStar && !isClosing && !isDumpLine(bytes, line, to)) break
    count++
    stop = to
    line = lineEnd + 1
    if (isClosing) break
    if (line < bytes.length) lineEnd = endOfLine(bytes, line)
  }
  return count >= 2 ? stop : at
}

function value(name: string, slice: Slice, text: Slice): Branch {
  const own = name === '' ? hexOffset(slice.start) : name
  return {
    via: `text value ${own}`,
    because: say('unwrap.layer.text-value', { name: own, at: hexOffset(slice.start) }),
    slice,
    spaces: [],
    problems: behind(slice, text),
    name: own,
  }
}

/** What follows a value is no part of it; that it is there is said. */
function behind({ space, bytes, end }: Slice, text: Slice): Problem[] {
  const start = skipBlank(bytes, end, text.end)
  return start === text.end
    ? []
    : [
        {
          because: say('unwrap.text-behind', { count: text.end - start, at: hexOffset(start) }),
          range: { space, start, end: text.end },
        },
      ]
}

/** `EOF` of `<<'EOF'` at the end of the line before: the word that ends what follows. */
function hereWord(bytes: Uint8Array, { from, to }: { readonly from: number; readonly to: number }): string {
  return /<<[-~]?\s*['"\\]?([A-Za-z_]{1,32})/.exec(latin1(bytes, Math.max(from, to - 512), to))?.[1] ?? ''
}

/** Whether a literal or a JSON text that opens before a PEM block on its line holds the block: that is read first. */
function isHeld(slice: Slice, from: number, pem: number, room: Room): boolean {
  for (let at = from; at < pem; at++) {
    const byte = slice.bytes[at]
    if (byte !== 0x22 && byte !== 0x27 && byte !== 0x7b && byte !== 0x5b) continue
    const held = opening(slice, at, room)
    if (held) return held.end > pem
  }
  return false
}

/** Lines that are nothing but value characters belong together; the end of the last, or `at` when there is none. */
function endOfBlock(
  bytes: Uint8Array,
  at: number,
  firstEnd: number,
  before: { readonly from: number; readonly to: number },
): number {
  const end = bytes.length
  let stop = at
  let isHexSoFar = true
  for (let line = at, lineEnd = firstEnd; line < end;) {
    const from = skipBlank(bytes, line, lineEnd)
    let to = lineEnd
    while (to > from && isWhite(bytes[to - 1])) to--
    let run = from
    while (run < to && isValueByte(bytes[run] ?? 0)) run++
    while (run < to && bytes[run] === 0x3d) run++
    if (isHexSoFar && run === to && stop > at && !isHexOnly(bytes, from, to) && isPlainlyHex(bytes, at, stop)) break
    isHexSoFar &&= isHexOnly(bytes, from, to)
    if (
      run < to ||
      to - from === 0 ||
      (stop > at && to - from <= 32 && hereWord(bytes, before) === latin1(bytes, from, to)) ||
      (stop === at && to - from < SHORTEST_LINE)
    )
      break
    stop = to
    line = lineEnd + 1
    if (line < end) lineEnd = endOfLine(bytes, line)
  }
  return stop
}

/** Digits of hex in their variety, which base64 of zeros has not. */
function isPlainlyHex(bytes: Uint8Array, from: number, to: number): boolean {
  return new Set(bytes.subarray(from, Math.min(to, from + 512))).size >= 8
}

/** A value that fills its line to the end goes on in the lines below: as long as the first, the last perhaps shorter. */
function endOfWrapped(bytes: Uint8Array, from: number, stop: number, lineEnd: number): number {
  const width = stop - from
  const isFilled = (at: number, to: number) => at === to || (at + 1 === to && bytes[at] === 0x0d)
  if (width < SHORTEST_LINE || width > 256 || !isFilled(stop, lineEnd)) return stop
  // Hex goes on as hex: the word below it is a word.
  const isHex = isHexOnly(bytes, from, stop) && isPlainlyHex(bytes, from, stop)
  const isPart = (byte: number | undefined) => (isHex ? hexDigit(byte) >= 0 : isValueByte(byte ?? 0))
  let end = stop
  for (let line = lineEnd + 1; line < bytes.length;) {
    const to = endOfLine(bytes, line)
    const start = skipBlank(bytes, line, to)
    let at = start
    while (at < to && at - start < width && isPart(bytes[at])) at++
    while (at < to && at > start && bytes[at] === 0x3d) at++
    if (at === start) break
    if (at - start < width || !isFilled(at, to)) {
      if (!isBound(bytes, at)) return stop
      return at
    }
    end = at
    line = to + 1
  }
  return end
}

/** `48 130 4 157 …` in the middle of other text: numbers of bytes, a blank or a comma between them; `from` where fewer than a list's follow. */
function endOfNumbers(bytes: Uint8Array, from: number): number {
  let end = from
  let count = 0
  for (let at = from; ;) {
    const digits = at
    let value = 0
    while (at - digits < 4 && (bytes[at] ?? 0) >= 0x30 && (bytes[at] ?? 0) <= 0x39)
      value = value * 10 + (bytes[at++] ?? 0) - 0x30
    if (at === digits || value > 255 || (bytes[digits] === 0x30 && at > digits + 1)) break
    count++
    end = at
    if (bytes[at] === 0x2c) at++
    const blank = at
    while (bytes[at] === 0x20 && at - blank < 2) at++
    if (at === end) break
  }
  return count >= FEWEST_NUMBERS ? end : from
}

/** `04 00 02 …` in the middle of other text: pairs of hex digits, each apart from the next by the same mark. */
function endOfPairs(bytes: Uint8Array, from: number): number {
  const mark = bytes[from + 2]
  if (mark !== 0x20 && mark !== 0x3a && mark !== 0x2d) return from
  if (isWordByte(bytes[from - 1] ?? 0)) return from
  let at = from
  for (;;) {
    if (hexDigit(bytes[at]) < 0 || hexDigit(bytes[at + 1]) < 0 || hexDigit(bytes[at + 2]) >= 0) break
    at += 2
    const next = bytes[at] === mark ? at + 1 : at
    const broken = skipBlank(bytes, next, bytes.length)
    if (
      broken === at ||
      broken > next + 64 ||
      hexDigit(bytes[broken]) < 0 ||
      hexDigit(bytes[broken + 1]) < 0 ||
      hexDigit(bytes[broken + 2]) >= 0
    )
      return at
    at = broken
  }
  return at
}

/** Behind the last of the blocks that follow one another with only white space between. */
function endOfPem(slice: Slice, from: number): number {
  const { bytes, end } = slice
  let stop = from
  for (let at = from; isTextAt(bytes, at, end, '-----BEGIN ');) {
    const mark = findText(bytes, at + 11, end, '-----END ')
    const close = mark < 0 ? -1 : findText(bytes, mark + 9, Math.min(end, mark + 100), '-----')
    if (close < 0) break
    stop = close + 5
    at = skipBlank(bytes, stop, end)
  }
  return stop > from ? stop : end
}

/** The last word before a value: `quote` of `  "quote": ` or of `quote: |-`. */
function nameBefore(bytes: Uint8Array, from: number, to: number): string {
  let end = to
  while (
    end > from &&
    to - end < 12 &&
    (!isWordByte(bytes[end - 1] ?? 0) || bytes[end - 1] === 0x2d || bytes[end - 1] === 0x2e)
  )
    end--
  let start = end
  while (start > from && end - start < 60 && isWordByte(bytes[start - 1] ?? 0)) start--
  return latin1(bytes, start, end)
}

function isWordByte(byte: number): boolean {
  return (
    (byte >= 0x30 && byte <= 0x39) ||
    (byte >= 0x41 && byte <= 0x5a) ||
    (byte >= 0x61 && byte <= 0x7a) ||
    byte === 0x5f ||
    byte === 0x2d ||
    byte === 0x2e
  )
}
