import type { Problem } from '../core/field.ts'
import type { Slice } from '../core/place.ts'
import { say } from '../core/saying.ts'
import { hexOffset } from '../bytes/layout.ts'
import { findText, isTextAt, isWhite, latin1 } from '../envelope/characters.ts'
import { isWorthwhile } from './looks-like.ts'
import type { Branch, Opened } from './types.ts'

/** A line that is all base64 or hex and at least this long may be one of several that belong together. */
const SHORTEST_LINE = 40
/** Shorter lists of numbers hold less than 64 bytes. */
const SHORTEST_LIST = 128

/** Long values in text that has a shape of its own (YAML, XML, settings, a log): runs of hex or base64, number arrays, PEM blocks. */
export function openText(slice: Slice): Opened | undefined {
  const iterator = values(slice)
  const first = iterator.next()
  if (first.done) return undefined
  return { branches: chain(first.value, iterator), isContainer: true, problems: [] }
}

function* chain(first: Branch, others: Generator<Branch>): Generator<Branch> {
  yield first
  yield* others
}

function* values(slice: Slice): Generator<Branch> {
  const { bytes, end } = slice
  const whole = bytes.subarray(0, end)
  // The line before, whose last word may name what follows.
  let before = { from: slice.start, to: slice.start }
  let nextPem = findText(bytes, slice.start, end, '-----BEGIN ')
  for (let at = slice.start; at < end;) {
    const lineEnd = endOfLine(whole, at)
    if (nextPem >= 0 && nextPem < at) nextPem = findText(bytes, at, end, '-----BEGIN ')
    const pem = nextPem
    if (pem >= 0 && pem < lineEnd) {
      const stop = endOfPem(slice, pem)
      // A text that is nothing but this was looked at as PEM already.
      if (stop - pem < end - slice.start) yield value(nameBefore(bytes, at, pem) || nameBefore(bytes, before.from, before.to), { ...slice, start: pem, end: stop }, slice)
      at = stop
      continue
    }
    const block = endOfBlock(whole, at, lineEnd)
    if (block > at) {
      const start = skipBlank(bytes, at, block)
      if (block - start < end - slice.start && isWorthwhile({ ...slice, start, end: block })) yield value(nameBefore(bytes, before.from, before.to), { ...slice, start, end: block }, slice)
      at = block
      continue
    }
    let next = lineEnd + 1
    for (let run = at; run < lineEnd;) {
      if (bytes[run] === 0x5b) {
        // An array of numbers may go over many lines.
        const close = endOfNumbers(whole, run)
        if (close - run >= SHORTEST_LIST) {
          yield value(nameBefore(bytes, at, run) || nameBefore(bytes, before.from, before.to), { ...slice, start: run, end: close }, slice)
          run = close
          next = Math.max(next, close)
          continue
        }
      }
      let stop = run
      while (stop < lineEnd && isValueByte(bytes[stop] ?? 0)) stop++
      while (stop < lineEnd && stop > run && bytes[stop] === 0x3d) stop++
      if (stop - run < end - slice.start && isWorthwhile({ ...slice, start: run, end: stop })) yield value(nameBefore(bytes, at, run) || nameBefore(bytes, before.from, before.to), { ...slice, start: run, end: stop }, slice)
      run = Math.max(stop, run + 1)
    }
    if (lineEnd - at > 1) before = { from: at, to: lineEnd }
    at = next
  }
}

function value(name: string, slice: Slice, text: Slice): Branch {
  const own = name === '' ? hexOffset(slice.start) : name
  return { via: `text value ${own}`, because: say('unwrap.layer.text-value', { name: own, at: hexOffset(slice.start) }), slice, spaces: [], problems: behind(slice, text), name: own }
}

/** What follows a value is no part of it; that it is there is said. */
function behind({ space, bytes, end }: Slice, text: Slice): Problem[] {
  const start = skipBlank(bytes, end, text.end)
  return start === text.end ? [] : [{ because: say('unwrap.text-behind', { count: text.end - start, at: hexOffset(start) }), range: { space, start, end: text.end } }]
}

/** Letters and digits of hex, base64, base64url and of a JWT's dots. */
function isValueByte(byte: number): boolean {
  return (byte >= 0x30 && byte <= 0x39) || (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a) || byte === 0x2b || byte === 0x2f || byte === 0x2d || byte === 0x5f || byte === 0x2e
}

function endOfLine(bytes: Uint8Array, at: number): number {
  const newline = bytes.indexOf(0x0a, at)
  return newline < 0 ? bytes.length : newline
}

function skipBlank(bytes: Uint8Array, at: number, end: number): number {
  let i = at
  while (i < end && isWhite(bytes[i])) i++
  return i
}

/** Lines that are nothing but value characters belong together; the end of the last, or `at` when there is none. */
function endOfBlock(bytes: Uint8Array, at: number, firstEnd: number): number {
  const end = bytes.length
  let stop = at
  for (let line = at, lineEnd = firstEnd; line < end;) {
    const from = skipBlank(bytes, line, lineEnd)
    let to = lineEnd
    while (to > from && isWhite(bytes[to - 1])) to--
    let run = from
    while (run < to && isValueByte(bytes[run] ?? 0)) run++
    while (run < to && bytes[run] === 0x3d) run++
    if (run < to || to - from === 0 || (stop === at && to - from < SHORTEST_LINE)) break
    stop = to
    line = lineEnd + 1
    if (line < end) lineEnd = endOfLine(bytes, line)
  }
  return stop
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

/** Behind the bracket of `[1, 2, 3]`, or `at` when something else comes first. */
function endOfNumbers(bytes: Uint8Array, at: number): number {
  for (let i = at + 1; i < bytes.length; i++) {
    const byte = bytes[i] ?? 0
    if (byte === 0x5d) return i + 1
    if (!isWhite(byte) && byte !== 0x2c && byte !== 0x2d && (byte < 0x30 || byte > 0x39)) return at
  }
  return at
}

/** The last word before a value: `quote` of `  "quote": ` or of `quote: |-`. */
function nameBefore(bytes: Uint8Array, from: number, to: number): string {
  let end = to
  while (end > from && to - end < 12 && (!isWordByte(bytes[end - 1] ?? 0) || bytes[end - 1] === 0x2d || bytes[end - 1] === 0x2e)) end--
  let start = end
  while (start > from && end - start < 60 && isWordByte(bytes[start - 1] ?? 0)) start--
  return latin1(bytes, start, end)
}

function isWordByte(byte: number): boolean {
  return (byte >= 0x30 && byte <= 0x39) || (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a) || byte === 0x5f || byte === 0x2d || byte === 0x2e
}
