import type { Problem } from '../core/field.ts'
import type { Slice } from '../core/place.ts'
import { say } from '../core/saying.ts'
import { hexOffset } from '../bytes/layout.ts'
import { pieceWriter } from '../bytes/pieces.ts'
import { ascii, hexDigit, isTextAt, isWhite } from './characters.ts'
import { derive } from './derive.ts'
import { DECODED_LIMIT, type Unwrapped } from './types.ts'

const BRACKETS: readonly (readonly [string, string])[] = [
  ['<<', '>>'],
  ['[', ']'],
  ['{', '}'],
  ['(', ')'],
]
/** Remarks longer than this are none. */
const REMARK_LIMIT = 400
/** A list without brackets counts from here on. */
const FEWEST_BARE = 64

/** `u8`, `_u8`, `U`, `i8`, `L`: how a suffix begins. */
const SUFFIXES = ascii('_uUiIlL')

/** One number of a list: 0 to 255, or a negative byte of Java. */
interface Item {
  readonly value: number
  readonly isNegative: boolean
  readonly start: number
  readonly end: number
  /** Behind its suffix. */ readonly next: number
}

/**
 * Reads bytes written as a list of numbers over the whole slice: `[4, 0, 2]`, `{0x04, 0x00}`, `&[4u8, 0u8]`, `[4 0 2]` of Go, `<<4,0,2>>`, one number a line.
 * Suffixes, casts and remarks are passed over. Numbers from −128 to −1 are bytes of Java. A leading zero is refused: it may be octal, or hex without its mark.
 */
export function readNumberList(slice: Slice): Unwrapped | undefined {
  const { bytes, space } = slice
  let { start, end } = slice
  while (start < end && isWhite(bytes[start])) start++
  while (end > start && isWhite(bytes[end - 1])) end--
  if (bytes[start] === 0x26) start++
  const [open, close] = BRACKETS.find(([mark]) => isTextAt(bytes, start, end, mark)) ?? ['', '']
  const first = start + open.length
  const stop = end - close.length
  if (stop <= first || !isTextAt(bytes, stop, end, close)) return undefined
  const out = new Uint8Array(Math.min(DECODED_LIMIT, ((stop - first) >> 1) + 1))
  const pieces = pieceWriter()
  const problems: Problem[] = []
  let size = 0
  const reached = numbers({ ...slice, start: first, end: stop }, (item) => {
    if (size >= out.length) return false
    if (item.isNegative && problems.length === 0)
      problems.push({
        because: say('decimal.signed', { at: hexOffset(item.start) }),
        range: { space, start: item.start, end: item.end },
      })
    pieces.add(size, 1, item.start, item.end)
    out[size++] = item.value
    return true
  })
  if (reached !== stop || size === 0 || (open === '' && size < FEWEST_BARE)) return undefined
  return derive(slice, 'decimal-array', out.subarray(0, size), pieces.done(), problems)
}

/** Behind the bracket that closes the list of numbers which opens at `at`, and how far was looked; `stop` is `at` when there is no such list. */
export function endOfNumberList(
  bytes: Uint8Array,
  at: number,
  end: number,
): { readonly stop: number; readonly looked: number; readonly count: number } {
  const [open, close] = BRACKETS.find(([mark]) => isTextAt(bytes, at, end, mark)) ?? ['', '']
  if (open === '') return { stop: at, looked: at, count: 0 }
  let count = 0
  const looked = numbers({ space: '', bytes, start: at + open.length, end }, () => {
    count++
    return true
  })
  return { stop: count > 0 && isTextAt(bytes, looked, end, close) ? looked + close.length : at, looked, count }
}

/** Hands over one number after the other, and gives the offset of what is neither number, separator nor remark. */
function numbers({ bytes, start, end }: Slice, take: (item: Item) => boolean): number {
  let at = start
  let isApart = true
  let hasItem = false
  let hasComma = false
  for (;;) {
    const next = passOver(bytes, at, end, hasItem)
    if (next > at) isApart = true
    at = next
    if (bytes[at] === 0x2c && hasItem && !hasComma && at < end) {
      at++
      isApart = hasComma = true
      continue
    }
    const item = isApart ? itemAt(bytes, at, end) : undefined
    if (!item || !take(item)) return at
    hasItem = true
    isApart = hasComma = false
    at = item.next
  }
}

function itemAt(bytes: Uint8Array, from: number, end: number): Item | undefined {
  let at = from
  // `(byte) 0x04`, as Java wants it.
  if (bytes[at] === 0x28) {
    at++
    while (at < end && at - from < 16 && isNameByte(bytes[at])) at++
    if (bytes[at] !== 0x29) return undefined
    at++
    if (bytes[at] === 0x20) at++
  }
  const start = at
  const isNegative = bytes[at] === 0x2d
  if (isNegative) at++
  const isHex = isTextAt(bytes, at, end, '0x') || isTextAt(bytes, at, end, '0X')
  if (isHex) at += 2
  const digits = at
  let value = 0
  while (at < end && at - digits < (isHex ? 2 : 3)) {
    const digit = hexDigit(bytes[at])
    if (digit < 0 || (!isHex && digit > 9)) break
    value = value * (isHex ? 16 : 10) + digit
    at++
  }
  if (at === digits || value > (isNegative ? 128 : 255) || (!isHex && at - digits > 1 && bytes[digits] === 0x30))
    return undefined
  // `u8`, `_u8`, `U`.
  const suffix = at
  while (at < end && at - suffix < 5 && isNameByte(bytes[at])) at++
  // A letter of hex is no suffix: the number has lost its mark.
  if (at > suffix && !SUFFIXES.includes(bytes[suffix] ?? 0)) return undefined
  if (isNameByte(bytes[at]) && at < end) return undefined
  return { value: isNegative ? (256 - value) & 255 : value, isNegative, start, end: suffix, next: at }
}

/** Past white space and, between numbers, remarks: `// …`, `# …`, and C comments in a line. */
function passOver(bytes: Uint8Array, from: number, end: number, hasItem: boolean): number {
  let at = from
  for (;;) {
    while (at < end && isWhite(bytes[at])) at++
    const isBlock = isTextAt(bytes, at, end, '/*')
    const isLine = (hasItem && bytes[at] === 0x23 && at < end) || isTextAt(bytes, at, end, '//')
    if (!isBlock && !isLine) return at
    const limit = Math.min(end, at + REMARK_LIMIT)
    let stop = at + 1
    while (stop < limit && (isBlock ? !isTextAt(bytes, stop + 1, limit, '*/') : bytes[stop] !== 0x0a)) stop++
    if (stop >= limit && limit < end) return at
    at = isBlock ? Math.min(end, stop + 3) : stop
  }
}

function isNameByte(byte: number | undefined): boolean {
  return (
    byte !== undefined &&
    ((byte >= 0x30 && byte <= 0x39) ||
      (byte >= 0x41 && byte <= 0x5a) ||
      (byte >= 0x61 && byte <= 0x7a) ||
      byte === 0x5f)
  )
}
