import type { Slice } from '../core/place.ts'
import { editor } from './edited.ts'
import type { Unwrapped } from './types.ts'

/** Bytes looked at for text without a mark. */
const HEAD = 512

/**
 * Text that was saved as UTF-16 (as a Windows shell redirects output), as UTF-8; undefined for anything else. Without a byte order mark it counts when every
 * character at its head is ASCII.
 */
export function readUtf16(slice: Slice): Unwrapped | undefined {
  const { bytes, start, end } = slice
  const marked =
    bytes[start] === 0xff && bytes[start + 1] === 0xfe ? 0 : bytes[start] === 0xfe && bytes[start + 1] === 0xff ? 1 : -1
  const low = marked >= 0 ? marked : unmarked(slice)
  if (low < 0 || (end - start) % 2 !== 0 || end - start < 4) return undefined
  const out = editor(slice)
  const unit = (at: number) => ((bytes[at + 1 - low] ?? 0) << 8) | (bytes[at + low] ?? 0)
  for (let at = marked >= 0 ? start + 2 : start; at < end;) {
    const first = unit(at)
    const second = first >= 0xd800 && first < 0xdc00 && at + 4 <= end ? unit(at + 2) : 0
    const isPair = second >= 0xdc00 && second < 0xe000
    // Half a pair, or a control character: this is no text.
    if (
      (first >= 0xd800 && first < 0xe000 && !isPair) ||
      (first < 0x20 && first !== 0x09 && first !== 0x0a && first !== 0x0d && first !== 0x1b && first !== 0)
    )
      return undefined
    const next = at + (isPair ? 4 : 2)
    for (const byte of utf8(isPair ? 0x10000 + ((first - 0xd800) << 10) + second - 0xdc00 : first))
      out.put(byte, at, next)
    at = next
  }
  return out.size() > 0 ? out.done('slice') : undefined
}

/** Which of two bytes is the low one when the other is zero throughout; −1 when neither is. */
function unmarked({ bytes, start, end }: Slice): -1 | 0 | 1 {
  const stop = Math.min(end, start + HEAD)
  if (stop - start < 64) return -1
  for (const low of [0, 1] as const) {
    let isText = true
    for (let at = start; at + 1 < stop && isText; at += 2) {
      const byte = bytes[at + low] ?? 0
      isText =
        bytes[at + 1 - low] === 0 && byte < 0x7f && (byte >= 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09)
    }
    if (isText) return low
  }
  return -1
}

function utf8(code: number): readonly number[] {
  if (code < 0x80) return [code]
  if (code < 0x800) return [0xc0 | (code >> 6), 0x80 | (code & 63)]
  if (code < 0x10000) return [0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63)]
  return [0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63)]
}
