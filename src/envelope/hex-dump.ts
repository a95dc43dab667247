import type { Slice } from '../core/place.ts'
import { pieceWriter } from '../bytes/pieces.ts'
import { hexDigit, isTextAt, isWhite, latin1 } from './characters.ts'
import { derive } from './derive.ts'
import { DECODED_LIMIT, RATIO_FLOOR, RATIO_LIMIT, type Unwrapped } from './types.ts'

/** One line of a dump: its offset as printed, and the bytes with their places. */
interface DumpLine {
  readonly offset: string
  readonly hasColon: boolean
  readonly isWords: boolean
  readonly bytes: readonly { readonly value: number; readonly start: number; readonly end: number }[]
}

/**
 * Reads the dumps of `xxd`, `hexdump -C`, `hexdump` (16-bit words, low byte first), `od` in hex and octal, Wireshark, tcpdump, a kernel log and their like, over the whole slice.
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
  const closing = closingOffset(slice)
  for (let at = slice.start; at < end;) {
    const newline = bytes.indexOf(0x0a, at)
    const stop = newline < 0 ? end : newline
    const lineEnd = stop > at && bytes[stop - 1] === 0x0d ? stop - 1 : stop
    const start = at
    at = stop + 1
    if (lineEnd === start) continue
    if (lineEnd - start > 400) return undefined
    if (bytes[start] === 0x2a && lineEnd === start + 1) {
      if (last.length === 0) return undefined
      star = start
      continue
    }
    const line = readLine(bytes, start, lineEnd)
    if (!line) return undefined
    base ??= Number.parseInt(line.offset, 16)
    if (star >= 0) {
      // The offset says how often the line before is repeated; it is believed only within the limits.
      const until = Number.parseInt(line.offset, radix ?? 16) - base
      const size = out.size()
      const repeated = until - size
      if (
        repeated < 0 ||
        repeated % last.length !== 0 ||
        until > DECODED_LIMIT ||
        (until > RATIO_FLOOR && until > (end - slice.start) * RATIO_LIMIT)
      )
        return undefined
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
    // Of an odd number of bytes, the last word says one that is not there; the offset that ends the dump tells.
    const isOver =
      line.isWords &&
      closing !== '' &&
      [radix ?? 16, radix ?? 8].some(
        (one) => Number.parseInt(closing, one) - (base ?? 0) === out.size() + line.bytes.length - 1,
      ) &&
      line.bytes.at(-1)?.value === 0
    const inLine = isOver ? line.bytes.slice(0, -1) : line.bytes
    const own = Uint8Array.from(inLine, ({ value }) => value)
    for (const [index, { start: from, end: to }] of inLine.entries()) pieces.add(out.size() + index, 1, from, to)
    out.push(own)
    if (own.length > 0) last = own
    if (out.size() > DECODED_LIMIT) return undefined
  }
  // One line alone is hex with a space in it, unless a colon marks the offset.
  if (star >= 0 || out.size() === 0 || (lines < 2 && !hasColon)) return undefined
  return derive(slice, 'hex', out.bytes(), pieces.done())
}

/** The offset alone on the last line, as `hexdump` and `od` end; '' when there is none. */
function closingOffset({ bytes, start, end }: Slice): string {
  let to = end
  while (to > start && isWhite(bytes[to - 1])) to--
  let from = to
  while (from > start && to - from < 16 && hexDigit(bytes[from - 1]) >= 0) from--
  return to - from >= 4 && bytes[from - 1] === 0x0a ? latin1(bytes, from, to) : ''
}

/** Whether a line reads as one of a dump: offset, then bytes. */
export function isDumpLine(bytes: Uint8Array, start: number, end: number): boolean {
  return end - start <= 400 && (readLine(bytes, start, end)?.bytes.length ?? 0) > 0
}

/** Longest text that a log puts before the offset. */
const LOG_PREFIX = 96

function readLine(bytes: Uint8Array, start: number, end: number): DumpLine | undefined {
  let from = start
  while (from < end && (bytes[from] === 0x20 || bytes[from] === 0x09)) from++
  // ` | 00000  04 00 …  ..r3 |`, as strace prints what was written.
  if (bytes[from] === 0x7c && bytes[from + 1] === 0x20) from += 2
  const own = readFrom(bytes, from, end)
  if (own) return own
  // `[   12.3] quote: 00000010: 04 00 …`, as the kernel prints.
  const found = /[: ]([0-9a-f]{8}): [0-9a-f]{2}(?:[ 0-9a-f]|$)/i.exec(
    latin1(bytes, from, Math.min(end, from + LOG_PREFIX)),
  )
  return found ? readFrom(bytes, from + found.index + 1, end) : undefined
}

/** Offset, optional colon, then pairs or words; what is printed as text at the end of the line is skipped. */
function readFrom(bytes: Uint8Array, start: number, end: number): DumpLine | undefined {
  let at = isTextAt(bytes, start, end, '0x') ? start + 2 : start
  const from = at
  while (at < end && hexDigit(bytes[at]) >= 0) at++
  const digits = at - from
  if (digits < 4 || digits > 16) return undefined
  const offset = latin1(bytes, from, at)
  const hasColon = bytes[at] === 0x3a
  if (hasColon) at++
  // A line with an offset only ends a dump.
  if (at === end) return hasColon ? undefined : { offset, hasColon, isWords: false, bytes: [] }
  if (bytes[at] !== 0x20 && bytes[at] !== 0x09) return undefined
  const found: { value: number; start: number; end: number }[] = []
  let spaces = 0
  let isWords = !hasColon && digits === 7 && bytes[at + 1] !== 0x20
  // Behind sixteen digits of offset, PowerShell puts the text right after sixteen bytes.
  const most = digits === 16 && !hasColon ? 16 : 64
  for (; at < end && found.length < most; at++) {
    if (bytes[at] === 0x20 || bytes[at] === 0x09) {
      spaces++
      // Behind the bytes of xxd stand two spaces, then the text.
      if (hasColon && spaces === 2 && found.length > 0) break
      continue
    }
    // `|text|` of hexdump -C, `>text<` of od, or text far to the right.
    if (bytes[at] === 0x7c || (bytes[at] === 0x3e && spaces === 2) || (spaces > 2 && found.length > 0)) break
    if (isTextAt(bytes, at, end, '0x')) at += 2
    let stop = at
    while (stop < end && hexDigit(bytes[stop]) >= 0) stop++
    const width = stop - at
    const isEnd = stop === end || bytes[stop] === 0x20 || bytes[stop] === 0x09
    if (isEnd && digits === 7 && !hasColon && (width === 3 || width === 6)) {
      const value = octal(bytes, at, stop)
      if (value > (width === 3 ? 0xff : 0xffff)) return undefined
      found.push(
        ...(width === 3
          ? [{ value, start: at, end: stop }]
          : [
              { value: value & 255, start: at, end: stop },
              { value: value >> 8, start: at, end: stop },
            ]),
      )
      if (width === 3) isWords = false
    } else {
      // Text right behind a whole line of bytes ends it; anywhere else it is a fault.
      if (width === 0 || width % 2 !== 0 || !isEnd) {
        if (found.length > 0 && found.length % 8 === 0) break
        return undefined
      }
      if (width !== 4) isWords = false
      const group: { value: number; start: number; end: number }[] = []
      for (let i = at; i < stop; i += 2)
        group.push({ value: (hexDigit(bytes[i]) << 4) | hexDigit(bytes[i + 1]), start: i, end: i + 2 })
      found.push(...(isWords ? group.reverse() : group))
    }
    at = stop - 1
    spaces = 0
  }
  return found.length === 0 ? undefined : { offset, hasColon, isWords, bytes: found }
}

/** Value of octal digits; too large for anything when one of them is none. */
function octal(bytes: Uint8Array, from: number, to: number): number {
  let value = 0
  for (let i = from; i < to; i++) {
    const digit = hexDigit(bytes[i])
    if (digit > 7) return Number.MAX_SAFE_INTEGER
    value = value * 8 + digit
  }
  return value
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
