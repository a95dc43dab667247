import { ascii, hexDigit, isTextAt, isWhite, latin1 } from '../envelope/characters.ts'
import { LEFT_OUT } from './looks-like.ts'

/** Where a value in other text ends, and whether it ends there or was broken off. */

/** Letters and digits of hex, base64, base64url and of a JWT's dots. */
export function isValueByte(byte: number): boolean {
  return (
    (byte >= 0x30 && byte <= 0x39) ||
    (byte >= 0x41 && byte <= 0x5a) ||
    (byte >= 0x61 && byte <= 0x7a) ||
    byte === 0x2b ||
    byte === 0x2f ||
    byte === 0x2d ||
    byte === 0x5f ||
    byte === 0x2e
  )
}

/** Offset of the next line break, or of the end. */
export function endOfLine(bytes: Uint8Array, at: number): number {
  const newline = bytes.indexOf(0x0a, at)
  return newline < 0 ? bytes.length : newline
}

/** Past white space. */
export function skipBlank(bytes: Uint8Array, at: number, end: number): number {
  let i = at
  while (i < end && isWhite(bytes[i])) i++
  return i
}

/** Whether there are hex digits and nothing else. */
export function isHexOnly(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (hexDigit(bytes[at]) < 0) return false
  return true
}

/** One dot behind a value ends a sentence, unless the value is a token whose last part is empty. */
export function isSentenceEnd(bytes: Uint8Array, from: number, stop: number): boolean {
  return stop - from > 1 && bytes[stop - 1] === 0x2e && bytes[stop - 2] !== 0x2e && !isTextAt(bytes, from, stop, 'ey')
}

const CLOSING = ascii('"\'`<>()[]{},;:|\u001b')
const SENTENCE = ascii('!?*#~^$@')

/** Whether a run of value characters is all of a value: what stands around it is a bound, not a character that broke it, an escape, or dots for what was left out. */
export function isWhole(bytes: Uint8Array, from: number, stop: number): boolean {
  for (let at = from; at + 1 < stop; at++) if (bytes[at] === 0x2e && bytes[at + 1] === 0x2e) return false
  return isBound(bytes, stop) && !isTorn(bytes, from)
}

/** Whether a value may end here. */
export function isBound(bytes: Uint8Array, at: number): boolean {
  const byte = bytes[at]
  if (byte === undefined || isWhite(byte) || byte < 0x20 || CLOSING.includes(byte)) return !isLeftOut(bytes, at)
  if (byte === 0x26)
    return (
      !/^&(?:#|amp;|quot;|lt;|gt;)/.test(latin1(bytes, at, Math.min(bytes.length, at + 6))) ||
      isTextAt(bytes, at, bytes.length, '&quot;') ||
      isTextAt(bytes, at, bytes.length, '&lt;') ||
      isTextAt(bytes, at, bytes.length, '&gt;')
    )
  if (byte === 0x5c) return '"\'nrt\\'.includes(String.fromCharCode(bytes[at + 1] ?? 0))
  if (byte === 0x25 || isLeftOut(bytes, at)) return false
  if (byte >= 0x80) return !isTextAt(bytes, at, bytes.length, '\u00ef\u00bf\u00bd')
  return SENTENCE.includes(byte) && (bytes[at + 1] === undefined || isWhite(bytes[at + 1]))
}

/** Whether the character before a run broke it off from what stands before that. */
function isTorn(bytes: Uint8Array, from: number): boolean {
  const byte = bytes[from - 1]
  const before = bytes[from - 2]
  return (
    byte !== undefined &&
    ((SENTENCE.includes(byte) && byte !== 0x23) || byte === 0x25) &&
    before !== undefined &&
    isValueByte(before)
  )
}

/** `…`, `...`, `[...]`, ` ... 40 more bytes`, on this line or alone on the next. */
export function isLeftOut(bytes: Uint8Array, at: number): boolean {
  return LEFT_OUT.test(latin1(bytes, at, Math.min(bytes.length, at + 48)))
}

/** Whether the line under a block is of the same kind and broken by a character, or says that something was left out. */
export function isTornBelow(bytes: Uint8Array, block: number): boolean {
  if (isLeftOut(bytes, block)) return true
  let line = block
  while (line < bytes.length && bytes[line] !== 0x0a) line++
  line++
  const lineEnd = endOfLine(bytes, Math.min(line, bytes.length))
  const from = skipBlank(bytes, line, lineEnd)
  let stop = from
  while (stop < lineEnd && isValueByte(bytes[stop] ?? 0)) stop++
  return stop - from >= 16 && stop < lineEnd && !isWhite(bytes[stop]) && !isBound(bytes, stop) && bytes[stop] !== 0x3d
}
