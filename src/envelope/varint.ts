import type { Slice } from '../core/place.ts'

/** Groups of seven bits: enough for any length and for the numbers that are read here. */
const GROUPS = 5

/** A number as protocol buffers write it, in groups of seven bits, and where it ends; undefined when the bytes end first or it is longer than any that is read. */
export function varintAt(
  { bytes, end }: Slice,
  at: number,
): { readonly value: number; readonly next: number } | undefined {
  let value = 0
  for (let i = 0; i < GROUPS && at + i < end; i++) {
    const byte = bytes[at + i] ?? 0
    value += (byte & 0x7f) * 2 ** (7 * i)
    if (byte < 0x80) return { value, next: at + i + 1 }
  }
  return undefined
}
