import type { Slice } from '../core/place.ts'
import { pieceWriter } from '../bytes/pieces.ts'
import { derive } from './derive.ts'
import type { Unwrapped } from './types.ts'

/** ASCII text that was saved as UTF-16 with a byte order mark (as a Windows shell redirects output); undefined for anything else. */
export function readUtf16(slice: Slice): Unwrapped | undefined {
  const { bytes, start, end } = slice
  const low = bytes[start] === 0xff && bytes[start + 1] === 0xfe ? 0 : bytes[start] === 0xfe && bytes[start + 1] === 0xff ? 1 : -1
  if (low < 0 || (end - start) % 2 !== 0 || end - start < 4) return undefined
  const out = new Uint8Array((end - start) / 2 - 1)
  for (let i = 0; i < out.length; i++) {
    const at = start + 2 + 2 * i
    const byte = bytes[at + low] ?? 0
    if (byte >= 0x80 || bytes[at + 1 - low] !== 0) return undefined
    out[i] = byte
  }
  const pieces = pieceWriter()
  pieces.add(0, out.length, start + 2, end)
  return derive(slice, 'slice', out, pieces.done())
}
