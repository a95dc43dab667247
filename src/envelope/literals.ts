import type { Slice } from '../core/place.ts'
import { hexDigit, isWhite } from './characters.ts'
import { editor, type Editor } from './edited.ts'
import type { Unwrapped } from './types.ts'

/** String literals as programs are written with, joined where nothing but `+`, `\` or white space stands between. */
export interface Literals {
  /** Undefined when there is none, or one that does not end on its line. */
  readonly read: Unwrapped | undefined
  /** Behind the last quote, or how far was looked. */
  readonly end: number
  readonly count: number
  readonly hasEscapes: boolean
}

/** More white space than this between two literals keeps them apart. */
const JOIN_LIMIT = 256

const ONE: Readonly<Record<number, number>> = {
  0x6e: 0x0a,
  0x72: 0x0d,
  0x74: 0x09,
  0x61: 7,
  0x62: 8,
  0x66: 0x0c,
  0x76: 0x0b,
  0x65: 0x1b,
  0x22: 0x22,
  0x27: 0x27,
  0x60: 0x60,
  0x5c: 0x5c,
  0x2f: 0x2f,
  0x3f: 0x3f,
}

/** Reads literals from the quote at the slice's start on: `"\x04\x00"`, `'…'`, escapes of C, Python, Go and Rust (`\x04`, `\004`, `\n`). */
export function readLiterals(slice: Slice): Literals {
  const { bytes, end } = slice
  const quote = bytes[slice.start]
  // Most quotes open a plain word: nothing is written down for those.
  let plain = slice.start + 1
  while (plain < end && bytes[plain] !== quote && bytes[plain] !== 0x0a && bytes[plain] !== 0x5c) plain++
  if (plain >= end || bytes[plain] === 0x0a) return { read: undefined, end: plain, count: 0, hasEscapes: false }
  if (bytes[plain] === quote && !isJoined(bytes, plain + 1, end, quote))
    return { read: undefined, end: plain + 1, count: 1, hasEscapes: false }
  const out = editor(slice)
  let count = 0
  let hasEscapes = false
  let stop = slice.start
  for (let at = slice.start; at < end && bytes[at] === quote;) {
    const one = literal(slice, at, out)
    hasEscapes ||= one.hasEscapes
    if (!one.isWhole) return { read: undefined, end: one.end, count, hasEscapes }
    count++
    stop = one.end
    at = nextLiteral(bytes, stop, end, quote)
  }
  return { read: out.size() > 0 ? out.done('json-unescape') : undefined, end: stop, count, hasEscapes }
}

/** Where the next literal may begin, past `+`, `\\`, white space and the `b` of bytes. */
function nextLiteral(bytes: Uint8Array, from: number, end: number, quote: number | undefined): number {
  let at = from
  while (at < end && at - from < JOIN_LIMIT && (isWhite(bytes[at]) || bytes[at] === 0x2b || bytes[at] === 0x5c)) at++
  return (bytes[at] === 0x62 || bytes[at] === 0x42) && bytes[at + 1] === quote ? at + 1 : at
}

function isJoined(bytes: Uint8Array, from: number, end: number, quote: number | undefined): boolean {
  const at = nextLiteral(bytes, from, end, quote)
  return at < end && bytes[at] === quote
}

function literal(
  { bytes, end }: Slice,
  from: number,
  out: Editor,
): { readonly isWhole: boolean; readonly end: number; readonly hasEscapes: boolean } {
  const quote = bytes[from]
  let plain = from + 1
  let hasEscapes = false
  let at = plain
  for (; at < end; at++) {
    const byte = bytes[at]
    if (byte === quote) {
      out.keep(plain, at)
      return { isWhole: true, end: at + 1, hasEscapes }
    }
    if (byte === 0x0a) break
    if (byte !== 0x5c) continue
    out.keep(plain, at)
    const escape = escapeAt(bytes, at, end)
    if (!escape) break
    if (escape.byte !== undefined) {
      hasEscapes = true
      out.put(escape.byte, at, escape.end)
    }
    plain = escape.end
    at = plain - 1
  }
  return { isWhole: false, end: Math.min(end, at + 1), hasEscapes }
}

function escapeAt(
  bytes: Uint8Array,
  at: number,
  end: number,
): { readonly byte: number | undefined; readonly end: number } | undefined {
  const kind = at + 1 < end ? (bytes[at + 1] ?? 0) : 0
  // A line that goes on in the next.
  if (kind === 0x0a) return { byte: undefined, end: at + 2 }
  if (kind === 0x0d && bytes[at + 2] === 0x0a) return { byte: undefined, end: at + 3 }
  if (kind === 0x78) {
    const high = at + 2 < end ? hexDigit(bytes[at + 2]) : -1
    const low = at + 3 < end ? hexDigit(bytes[at + 3]) : -1
    return high < 0 ? undefined : low < 0 ? { byte: high, end: at + 3 } : { byte: (high << 4) | low, end: at + 4 }
  }
  let value = 0
  let stop = at + 1
  for (; stop < Math.min(end, at + 4) && (bytes[stop] ?? 0) >= 0x30 && (bytes[stop] ?? 0) <= 0x37; stop++)
    value = value * 8 + (bytes[stop] ?? 0) - 0x30
  if (stop > at + 1) return value > 255 ? undefined : { byte: value, end: stop }
  const byte = ONE[kind]
  return byte === undefined ? undefined : { byte, end: at + 2 }
}
