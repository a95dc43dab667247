import type { Slice } from '../core/place.ts'
import { pieceWriter } from '../bytes/pieces.ts'
import { hexDigit } from './characters.ts'
import { derive } from './derive.ts'
import { DECODED_LIMIT, RATIO_FLOOR, RATIO_LIMIT, type Unwrapped } from './types.ts'

/** One line of a dump: its offset as printed, and the bytes with their places. */
interface DumpLine { readonly offset: string; readonly hasColon: boolean; readonly bytes: readonly { readonly value: number; readonly start: number; readonly end: number }[] }

/**
 * Reads the dumps of `xxd`, `hexdump -C`, `hexdump` (16-bit words, low byte first), `od -t x1` and their like, over the whole slice.
 * The printed offsets must agree with the bytes before them, so a text that only resembles a dump is refused. `*` repeats the line before it.
 */
export function readHexDump(slice: Slice): Unwrapped | undefined {
  const { end } = slice
  const bytes = slice.bytes.subarray(0, end)
  const out = growing()
  const pieces = pieceWriter()
  let base: number | undefined
  let radix: 8 | 16 | undefined
  let last: Uint8Array = new Uint8Array()
  let star = -1
  let lines = 0
  let hasColon = false
  for (let at = slice.start; at < end;) {
    const newline = bytes.indexOf(0x0a, at)
    const stop = newline < 0 ? end : newline
    const lineEnd = stop > at && bytes[stop - 1] === 0x0d ? stop - 1 : stop
    const start = at
    at = stop + 1
    if (lineEnd === start) continue
    if (lineEnd - start > 400) return undefined
    if (bytes[start] === 0x2a && lineEnd === start + 1) { if (last.length === 0) return undefined; star = start; continue }
    const line = readLine(bytes, start, lineEnd)
    if (!line) return undefined
    base ??= Number.parseInt(line.offset, 16)
    if (star >= 0) {
      // The offset says how often the line before is repeated; it is believed only within the limits.
      const until = Number.parseInt(line.offset, radix ?? 16) - base
      const size = out.size()
      const repeated = until - size
      if (repeated < 0 || repeated % last.length !== 0 || until > DECODED_LIMIT || (until > RATIO_FLOOR && until > (end - slice.start) * RATIO_LIMIT)) return undefined
      for (let done = 0; done < repeated; done += last.length) out.push(last)
      pieces.add(size, repeated, star, star + 1)
      star = -1
    }
    if (lines > 0) {
      radix ??= Number.parseInt(line.offset, 16) === base + out.size() ? 16 : 8
      if (Number.parseInt(line.offset, radix) !== base + out.size()) return undefined
    }
    lines++
    hasColon ||= line.hasColon
    const own = Uint8Array.from(line.bytes, ({ value }) => value)
    for (const [index, { start: from, end: to }] of line.bytes.entries()) pieces.add(out.size() + index, 1, from, to)
    out.push(own)
    if (own.length > 0) last = own
    if (out.size() > DECODED_LIMIT) return undefined
  }
  // One line alone is hex with a space in it, unless a colon marks the offset.
  if (star >= 0 || out.size() === 0 || (lines < 2 && !hasColon)) return undefined
  return derive(slice, 'hex', out.bytes(), pieces.done())
}

/** Offset, optional colon, then pairs or words; what is printed as text at the end of the line is skipped. */
function readLine(bytes: Uint8Array, start: number, end: number): DumpLine | undefined {
  let at = start
  while (at < end && hexDigit(bytes[at]) >= 0) at++
  const digits = at - start
  if (digits < 4 || digits > 16) return undefined
  const offset = String.fromCharCode(...bytes.subarray(start, at))
  const hasColon = bytes[at] === 0x3a
  if (hasColon) at++
  // A line with an offset only ends a dump.
  if (at === end) return hasColon ? undefined : { offset, hasColon, bytes: [] }
  if (bytes[at] !== 0x20) return undefined
  const found: { value: number; start: number; end: number }[] = []
  let spaces = 0
  let isWords = !hasColon && digits === 7 && bytes[at + 1] !== 0x20
  for (; at < end && found.length < 64; at++) {
    if (bytes[at] === 0x20) {
      spaces++
      // Behind the bytes of xxd stand two spaces, then the text.
      if (hasColon && spaces === 2 && found.length > 0) break
      continue
    }
    // `|text|` of hexdump -C, or text far to the right.
    if (bytes[at] === 0x7c || (spaces > 2 && found.length > 0)) break
    let stop = at
    while (stop < end && hexDigit(bytes[stop]) >= 0) stop++
    const width = stop - at
    if (width === 0 || width % 2 !== 0 || (stop < end && bytes[stop] !== 0x20)) { if (hasColon && found.length > 0) break; return undefined }
    if (width !== 4) isWords = false
    const group: { value: number; start: number; end: number }[] = []
    for (let i = at; i < stop; i += 2) group.push({ value: (hexDigit(bytes[i]) << 4) | hexDigit(bytes[i + 1]), start: i, end: i + 2 })
    found.push(...(isWords ? group.reverse() : group))
    at = stop - 1
    spaces = 0
  }
  return found.length === 0 ? undefined : { offset, hasColon, bytes: found }
}

/** Bytes that are appended to, doubling as they grow. */
function growing() {
  let buffer = new Uint8Array(1024)
  let size = 0
  return {
    size: () => size,
    push(more: Uint8Array): void {
      if (size + more.length > buffer.length) {
        const bigger = new Uint8Array(Math.max(buffer.length * 2, size + more.length))
        bigger.set(buffer.subarray(0, size))
        buffer = bigger
      }
      buffer.set(more, size)
      size += more.length
    },
    bytes: () => buffer.subarray(0, size),
  }
}
