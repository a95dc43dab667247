import type { Problem } from '../core/field.ts'
import type { Slice } from '../core/place.ts'
import { say } from '../core/saying.ts'
import { native } from '../bytes/native.ts'
import { pieceWriter } from '../bytes/pieces.ts'
import { hexDigit, isTextAt, isWhite, latin1 } from './characters.ts'
import { readHexDump } from './hex-dump.ts'
import { derive } from './derive.ts'
import { DECODED_LIMIT, type Unwrapped } from './types.ts'

/**
 * Reads hex over the whole slice: plain in either case, `0x` or `\x` in front, bytes apart by space, colon, comma, semicolon, dash or line break, C arrays,
 * and the dumps of xxd, hexdump and od. Undefined for anything else, an odd number of digits included.
 */
export function readHex(slice: Slice): Unwrapped | undefined {
  return readPlainHex(slice) ?? readHexDump(slice) ?? readHexText(slice) ?? readCArray(slice)
}

/** Digits of one case and nothing else, which the platform reads at once. */
function readPlainHex(slice: Slice): Unwrapped | undefined {
  const { bytes, start, end } = slice
  if (
    !native.fromHex ||
    end - start < 32 ||
    (end - start) % 2 !== 0 ||
    end - start > 2 * DECODED_LIMIT ||
    hexDigit(bytes[start]) < 0 ||
    hexDigit(bytes[end - 1]) < 0
  )
    return undefined
  const text = latin1(bytes, start, end)
  if (!/^(?:[0-9a-f]+|[0-9A-F]+)$/.test(text)) return undefined
  const out = native.fromHex(text)
  return derive(slice, 'hex', out, [{ at: 0, length: out.length, sourceStart: start, sourceEnd: end }])
}

/** As `readHex`, without dumps and without text around an array. */
export function readHexText(slice: Slice): Unwrapped | undefined {
  const { bytes, start, end } = slice
  const out = new Uint8Array(Math.min(DECODED_LIMIT, (end - start) >> 1))
  const pieces = pieceWriter()
  let size = 0
  let high = -1
  let highAt = 0
  // Digits of the token under way, and whether `0x` began it: `0x4,` is a whole byte, `4,` is not.
  let isPrefixed = false
  let inToken = 0
  let upper = false
  let lower = false
  const put = (value: number, from: number, to: number): boolean => {
    if (size >= out.length) return false
    out[size] = value
    pieces.add(size++, 1, from, to)
    return true
  }
  for (let at = start; at <= end; at++) {
    const byte = at < end ? bytes[at] : undefined
    const isPrefix =
      byte === 0x30 && high < 0 && inToken === 0 && (isTextAt(bytes, at, end, '0x') || isTextAt(bytes, at, end, '0X'))
    if (isPrefix || (byte === 0x5c && high < 0 && isTextAt(bytes, at, end, '\\x'))) {
      isPrefixed = true
      inToken = 0
      at++
      continue
    }
    const digit = hexDigit(byte)
    if (digit >= 0) {
      if (digit > 9) {
        if ((byte ?? 0) < 0x61) upper = true
        else lower = true
      }
      inToken++
      if (high < 0) {
        high = digit
        highAt = at
      } else {
        if (!put((high << 4) | digit, highAt, at + 1)) return undefined
        high = -1
      }
      continue
    }
    // A plain text that was wrapped at any width may break a byte; other separators may not.
    if ((byte === 0x0a || byte === 0x0d) && !isPrefixed) {
      if (high < 0) inToken = 0
      continue
    }
    if (high >= 0) {
      if (!isPrefixed || inToken !== 1 || !put(high, highAt, highAt + 1)) return undefined
      high = -1
    }
    if (byte !== undefined && !isSeparator(byte)) return undefined
    // A colon behind a long run of digits marks an offset, not a byte.
    if (byte === 0x3a && inToken > 2) return undefined
    isPrefixed = false
    inToken = 0
  }
  if (size === 0) return undefined
  const problems: Problem[] =
    upper && lower ? [{ because: say('hex.mixed-case'), range: { space: slice.space, start, end } }] : []
  return derive(slice, 'hex', out.subarray(0, size), pieces.done(), problems)
}

function isSeparator(byte: number): boolean {
  return (
    isWhite(byte) ||
    byte === 0x3a ||
    byte === 0x2c ||
    byte === 0x3b ||
    byte === 0x2d ||
    byte === 0x7b ||
    byte === 0x7d ||
    byte === 0x5b ||
    byte === 0x5d
  )
}

/** How far an array may begin behind the start of its source text. */
const SOURCE_HEAD = 4096
const BRACKETS = [
  [0x7b, 0x7d],
  [0x5b, 0x5d],
] as const

/**
 * `unsigned char quote[] = { 0x04, 0x00 };` or `const QUOTE: [u8; 2] = [0x04, 0x00];` with whatever stands around it; the first brackets around numbers in hex count.
 * Square ones count only where the array is nearly all there is: a longer source holds other things too, and is looked through as a text.
 */
function readCArray(slice: Slice): Unwrapped | undefined {
  const { bytes } = slice
  for (let open = slice.start; open < Math.min(slice.end, slice.start + SOURCE_HEAD); open++) {
    const closing = BRACKETS.find(([opening]) => opening === bytes[open])?.[1]
    if (closing === undefined) continue
    let first = open + 1
    while (first < slice.end && isWhite(bytes[first])) first++
    if (!isTextAt(bytes, first, slice.end, '0x') && !isTextAt(bytes, first, slice.end, '0X')) continue
    const close = bytes.indexOf(closing, first)
    if (close < 0 || close >= slice.end || (closing === 0x5d && (close - first) * 10 < (slice.end - slice.start) * 9))
      return undefined
    return arrayWithin(slice, first, close)
  }
  return undefined
}

function arrayWithin(slice: Slice, first: number, close: number): Unwrapped | undefined {
  const inner = readHexText({ ...slice, start: first, end: close })
  return (
    inner && {
      ...inner,
      problems: [
        ...inner.problems,
        { because: say('hex.surroundings'), range: { space: slice.space, start: slice.start, end: slice.end } },
      ],
    }
  )
}
