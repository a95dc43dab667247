import type { Slice } from '../core/place.ts'
import { hexDigit, isWhite, latin1 } from './characters.ts'
import { editor } from './edited.ts'
import type { Unwrapped } from './types.ts'

/** Longest escape sequence of a terminal that is taken for one. */
const SEQUENCE_LIMIT = 64

/** Text without the colours of a terminal (ESC [ … and ESC ] …); undefined when it has none. */
export function withoutColours(slice: Slice): Unwrapped | undefined {
  const bytes = slice.bytes.subarray(0, slice.end)
  let mark = bytes.indexOf(0x1b, slice.start)
  if (mark < 0) return undefined
  const out = editor(slice)
  let plain = slice.start
  for (; mark >= 0; mark = bytes.indexOf(0x1b, plain)) {
    const stop = endOfSequence(bytes, mark)
    if (stop < 0) return undefined
    out.keep(plain, mark)
    plain = stop
  }
  out.keep(plain, slice.end)
  return out.done('slice')
}

function endOfSequence(bytes: Uint8Array, at: number): number {
  const limit = Math.min(bytes.length, at + SEQUENCE_LIMIT)
  const kind = bytes[at + 1]
  if (kind === 0x5b) {
    for (let i = at + 2; i < limit; i++) if ((bytes[i] ?? 0) >= 0x40) return i + 1
  } else if (kind === 0x5d) {
    // A title or a link ends with BEL or with ESC \.
    for (let i = at + 2; i < limit; i++)
      if (bytes[i] === 0x07) return i + 1
      else if (bytes[i] === 0x1b && bytes[i + 1] === 0x5c) return i + 2
  } else if (kind !== undefined && kind >= 0x28 && kind <= 0x7e) return at + (kind <= 0x2f ? 3 : 2)
  return -1
}

/** What word processors and chats put for ASCII, by its code point; 0: nothing at all. */
const PLAIN: ReadonlyMap<number, number> = new Map([
  ...[0xa0, 0x1680, 0x202f, 0x205f, 0x3000].map((from) => [from, 0x20] as const),
  ...Array.from({ length: 11 }, (_, i) => [0x2000 + i, 0x20] as const),
  ...[0xad, 0x200b, 0x200c, 0x200d, 0x200e, 0x200f, 0x202a, 0x202c, 0x2060, 0xfeff].map((from) => [from, 0] as const),
  ...[0x2018, 0x2019, 0x201a, 0x2032].map((from) => [from, 0x27] as const),
  ...[0x201c, 0x201d, 0x201e, 0x2033, 0xab, 0xbb].map((from) => [from, 0x22] as const),
  ...[0x2010, 0x2011, 0x2012, 0x2013, 0x2212].map((from) => [from, 0x2d] as const),
  ...[0x2028, 0x2029, 0x85].map((from) => [from, 0x0a] as const),
  [0xff1a, 0x3a],
  [0xff0c, 0x2c],
])

/** Text with plain spaces, quotes and dashes where somebody's program put others, and without marks that nobody sees; undefined when nothing changes. */
export function withPlainCharacters(slice: Slice): Unwrapped | undefined {
  const { bytes, start, end } = slice
  const out = editor(slice)
  let plain = start
  let isChanged = false
  for (let at = start; at < end;) {
    const byte = bytes[at] ?? 0
    if (byte < 0x80) {
      at++
      continue
    }
    const length = byte >= 0xe0 ? 3 : 2
    const code =
      byte >= 0xf0
        ? -1
        : length === 3
          ? ((byte & 15) << 12) | (((bytes[at + 1] ?? 0) & 63) << 6) | ((bytes[at + 2] ?? 0) & 63)
          : ((byte & 31) << 6) | ((bytes[at + 1] ?? 0) & 63)
    const wanted = at + length <= end ? PLAIN.get(code) : undefined
    if (wanted !== undefined) {
      out.keep(plain, at)
      if (wanted !== 0) out.put(wanted, at, at + length)
      plain = at + length
      isChanged = true
    }
    at += length
  }
  if (!isChanged) return undefined
  out.keep(plain, end)
  return out.done('slice')
}

const ENTITIES: Readonly<Record<string, number>> = { quot: 0x22, amp: 0x26, lt: 0x3c, gt: 0x3e, apos: 0x27, nbsp: 0x20 }

/** HTML's entities of ASCII characters undone once; undefined when there is none. */
export function readEntities(slice: Slice): Unwrapped | undefined {
  const bytes = slice.bytes.subarray(0, slice.end)
  const out = editor(slice)
  let plain = slice.start
  for (let at = bytes.indexOf(0x26, slice.start); at >= 0; at = bytes.indexOf(0x26, at + 1)) {
    const close = bytes.subarray(0, at + 9).indexOf(0x3b, at)
    if (close < 0) continue
    const name = String.fromCharCode(...bytes.subarray(at + 1, close))
    const code = /^#\d{1,3}$/.test(name)
      ? Number(name.slice(1))
      : /^#[xX][0-9a-fA-F]{1,2}$/.test(name)
        ? Number.parseInt(name.slice(2), 16)
        : ENTITIES[name]
    if (code === undefined || code >= 0x80) continue
    out.keep(plain, at)
    out.put(code, at, close + 1)
    plain = close + 1
  }
  if (plain === slice.start) return undefined
  out.keep(plain, slice.end)
  return out.done('slice')
}

/**
 * Quoted-printable (RFC 2045) over the whole slice; undefined when a `=` is neither a soft line break nor two hex digits. Base64 ends with `=` too: without a header
 * that says so, the lines that go on must be several and as long as mail programs make them.
 */
export function readQuotedPrintable(slice: Slice): Unwrapped | undefined {
  const bytes = slice.bytes.subarray(0, slice.end)
  const out = editor(slice)
  let plain = slice.start
  let breaks = 0
  let isEven = true
  let line = slice.start
  for (let at = bytes.indexOf(0x3d, slice.start); at >= 0; at = bytes.indexOf(0x3d, plain)) {
    out.keep(plain, at)
    let next = at + 1
    while (next < bytes.length && isWhite(bytes[next]) && bytes[next] !== 0x0a) next++
    if (bytes[next] === 0x0a) {
      breaks++
      line = Math.max(line, bytes.lastIndexOf(0x0a, at) + 1)
      isEven &&= at - line >= 64 && at - line <= 76
      plain = line = next + 1
      continue
    }
    const high = hexDigit(bytes[at + 1])
    const low = hexDigit(bytes[at + 2])
    if (high < 0 || low < 0) return undefined
    out.put((high << 4) | low, at, at + 3)
    plain = at + 3
  }
  if (
    breaks === 0 ||
    ((breaks < 2 || !isEven) &&
      !/transfer-encoding:[ \t]*quoted-printable/i.test(
        latin1(bytes, slice.start, Math.min(bytes.length, slice.start + 8192)),
      ))
  )
    return undefined
  out.keep(plain, slice.end)
  return out.done('slice')
}

/** Bytes that a program took for Latin-1 characters and saved as UTF-8: every character is below 256, and some are no text. */
export function readMistakenLatin1(slice: Slice): Unwrapped | undefined {
  const { bytes, start, end } = slice
  let wide = 0
  let control = 0
  // Looked at first, written afterwards: nearly every text is no such one.
  for (let at = start; at < end; at++) {
    const byte = bytes[at] ?? 0
    if (byte >= 0x80) {
      const next = bytes[++at] ?? 0
      if ((byte !== 0xc2 && byte !== 0xc3) || at >= end || (next & 0xc0) !== 0x80) return undefined
      if (next < 0xa0 && byte === 0xc2) control++
      wide++
    } else if (byte < 0x20 && !isWhite(byte)) control++
  }
  if (wide < 16 || control < 16) return undefined
  const out = editor(slice)
  for (let at = start; at < end; at++) {
    const byte = bytes[at] ?? 0
    if (byte < 0x80) out.keep(at, at + 1)
    else {
      out.put(((byte & 3) << 6) | ((bytes[at + 1] ?? 0) & 63), at, at + 2)
      at++
    }
  }
  return out.done('slice')
}
