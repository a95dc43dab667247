import type { Slice } from '../../core/place.ts'
import { ALGORITHM } from './layout.ts'

/** A number of two bytes, most significant first; 0 behind the end. */
export const be16 = ({ bytes, end }: Slice, at: number): number =>
  at + 2 <= end ? ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0) : 0

/** Where a public area with a key of usable length ends; undefined for anything else. */
export function endOfPublic(slice: Slice, start: number): number | undefined {
  const type = be16(slice, start)
  if ((type !== 0x0001 && type !== 0x0023) || ALGORITHM[be16(slice, start + 2)] === undefined) return undefined
  const none = 0x0010
  let at = start + 8
  at += 2 + be16(slice, at)
  at += be16(slice, at) === none ? 2 : 6
  const scheme = () => {
    const own = be16(slice, at)
    at += own === none || own === 0x0015 ? 2 : 4
  }
  const number = () => {
    const size = be16(slice, at)
    at += 2 + size
    return size
  }
  scheme()
  if (type === 0x0001) {
    at += 6
    return number() >= 128 ? at : undefined
  }
  at += 2
  scheme()
  const x = number()
  number()
  return x >= 28 ? at : undefined
}
