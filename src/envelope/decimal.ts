import type { Problem } from '../core/field.ts'
import type { Slice } from '../core/place.ts'
import { say } from '../core/saying.ts'
import { hexOffset } from '../bytes/layout.ts'
import { pieceWriter } from '../bytes/pieces.ts'
import { isWhite } from './characters.ts'
import { derive } from './derive.ts'
import { DECODED_LIMIT, type Unwrapped } from './types.ts'

const OPENING: readonly number[] = [0x5b, 0x7b, 0x28]
const CLOSING: readonly number[] = [0x5d, 0x7d, 0x29]

/** Reads bytes written as decimal numbers in brackets, `[4, 0, 2]`, as JSON, Rust, Go and Python print them. Numbers from −128 to −1 are bytes of Java. */
export function readDecimalArray(slice: Slice): Unwrapped | undefined {
  const { bytes, space } = slice
  let { start, end } = slice
  while (start < end && isWhite(bytes[start])) start++
  while (end > start && isWhite(bytes[end - 1])) end--
  const kind = OPENING.indexOf(bytes[start] ?? 0)
  if (kind < 0 || end - start < 3 || bytes[end - 1] !== CLOSING[kind]) return undefined
  const out = new Uint8Array(Math.min(DECODED_LIMIT, (end - start) >> 1))
  const pieces = pieceWriter()
  const problems: Problem[] = []
  let size = 0
  let at = start + 1
  const stop = end - 1
  for (;;) {
    while (at < stop && isWhite(bytes[at])) at++
    // A comma behind the last number.
    if (at === stop && size > 0) break
    const from = at
    const isNegative = bytes[at] === 0x2d
    if (isNegative) at++
    let value = 0
    const digits = at
    while (at < stop && at - digits < 4 && (bytes[at] ?? 0) >= 0x30 && (bytes[at] ?? 0) <= 0x39)
      value = value * 10 + (bytes[at++] ?? 0) - 0x30
    if (at === digits || value > (isNegative ? 128 : 255) || size >= out.length) return undefined
    if (isNegative && problems.length === 0)
      problems.push({ because: say('decimal.signed', { at: hexOffset(from) }), range: { space, start: from, end: at } })
    pieces.add(size, 1, from, at)
    out[size++] = isNegative ? 256 - value : value
    while (at < stop && isWhite(bytes[at])) at++
    if (at === stop) break
    if (bytes[at] !== 0x2c) return undefined
    at++
  }
  return derive(slice, 'decimal-array', out.subarray(0, size), pieces.done(), problems)
}
