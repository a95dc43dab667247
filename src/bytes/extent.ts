import type { Slice } from '../core/place.ts'

/** Where structures end that say so in their first bytes: for finding them inside other bytes. Nothing is read beyond the lengths. */

const be = ({ bytes }: Slice, at: number, size: number): number => {
  let value = 0
  for (let i = 0; i < size; i++) value = value * 256 + (bytes[at + i] ?? 0)
  return value
}
/** A number of `size` bytes at an offset behind the slice's start, least significant first; 0 where the slice ends before it does. */
export function leAt({ bytes, start, end }: Slice, behind: number, size: number): number {
  if (start + behind + size > end) return 0
  let value = 0
  for (let i = size - 1; i >= 0; i--) value = value * 256 + (bytes[start + behind + i] ?? 0)
  return value
}

/** End of a DER element with a definite length of up to three bytes; undefined where it would end behind the slice. */
export function derEnd(slice: Slice): number | undefined {
  const { bytes, start, end } = slice
  const first = bytes[start + 1] ?? 0x80
  const size = first < 0x80 ? 0 : first & 0x7f
  if (first === 0x80 || size > 3 || start + 2 + size > end) return undefined
  const stop = start + 2 + size + (size === 0 ? first : be(slice, start + 2, size))
  return stop <= end ? stop : undefined
}

/** Most heads of items that are looked at. */
const HEADS = 128

/** End of a CBOR item (strings are stepped over), at most the slice's end: an item that is cut off still begins here. Undefined for what is no CBOR, or has too many parts. */
export function cborEnd(slice: Slice): number | undefined {
  const { bytes, start, end } = slice
  // How many items each open array or map still wants; −1 where it ends with a mark.
  const open: number[] = [1]
  let at = start
  for (let heads = 0; open.length > 0; heads++) {
    const wanted = open.at(-1) ?? 0
    if (wanted === 0) {
      open.pop()
      continue
    }
    if (heads >= HEADS) return undefined
    if (at >= end) return end
    const head = bytes[at] ?? 0
    const [major, info] = [head >> 5, head & 31]
    if (head === 0xff) {
      if (wanted >= 0) return undefined
      open.pop()
      at++
      continue
    }
    if (wanted > 0) open[open.length - 1] = wanted - 1
    const size = info < 24 ? 0 : info === 31 ? 0 : info > 27 ? -1 : 2 ** (info - 24)
    if (size < 0 || (info === 31 && (major < 2 || major > 5))) return undefined
    const argument = info < 24 ? info : be(slice, at + 1, size)
    at += 1 + size
    if (info === 31) open.push(-1)
    else if (major === 2 || major === 3) at += argument
    else if (major === 4) open.push(argument)
    else if (major === 5) open.push(2 * argument)
    else if (major === 6) open.push(1)
  }
  return Math.min(at, end)
}
