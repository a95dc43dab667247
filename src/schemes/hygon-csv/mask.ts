import { bytesOf, derivedId, sliceOf, type Slice, type Space } from '../../core/place.ts'
import type { Tail } from './decoded.ts'
import { ANONCE_AT, PEK, SIZE, V1_TAIL_AT, V2_TAIL_AT } from './numbers.ts'

/** Number of four bytes, least significant first; 0 behind the end. */
export function le32(slice: Slice, at: number): number {
  const from = slice.start + at
  if (from + 4 > slice.end) return 0
  const { bytes } = slice
  return (
    ((bytes[from] ?? 0) |
      ((bytes[from + 1] ?? 0) << 8) |
      ((bytes[from + 2] ?? 0) << 16) |
      ((bytes[from + 3] ?? 0) << 24)) >>>
    0
  )
}

/** Where a certificate's usage stands in it. */
const USAGE_AT = 8

/** Whether the bytes behind the signature still carry the mask: told by what the PEK certificate says that it is. */
export function tailOf(slice: Slice): Tail {
  return le32(slice, V1_TAIL_AT + USAGE_AT) === PEK ? 'clear' : 'masked'
}

/** Version 1 says PEK and SM2 in two places, whatever the mask is: before its mask number, and in the signer's certificate. One of them is enough: what the other says is a check's business. */
export function isV1(slice: Slice): boolean {
  if (slice.end - slice.start < SIZE.v1) return false
  const anonce = le32(slice, ANONCE_AT)
  const at = V1_TAIL_AT + USAGE_AT
  const saysPek = (mask: number) =>
    (le32(slice, at) ^ mask) === PEK && (le32(slice, at + 4) ^ mask) === 4 && (le32(slice, at + 8) ^ mask) === 3
  // Usage and algorithm under one mask, whichever: a report whose mask number alone was changed is still one.
  const saysPair = (place: number) => (le32(slice, place) ^ le32(slice, place + 4)) === (PEK ^ 4)
  return (
    ((le32(slice, 180) ^ anonce) === PEK && (le32(slice, 184) ^ anonce) === 4) ||
    saysPek(0) ||
    saysPek(anonce) ||
    (saysPair(180) && saysPair(at))
  )
}

/** Version 2 says the same without a mask: in its head, and in the signer's certificate. */
export function isV2(slice: Slice): boolean {
  if (slice.end - slice.start < SIZE.v2) return false
  const at = V2_TAIL_AT + USAGE_AT
  const isSigner = le32(slice, at) === PEK && le32(slice, at + 4) === 4 && le32(slice, at + 8) === 3
  return isSigner || (le32(slice, 180) === PEK && le32(slice, 184) === 4)
}

/**
 * A report of version 1 with its mask taken off: byte i of each masked field ^ byte (i mod 4) of ANONCE.
 * Every masked field begins at a multiple of four, so that the mask runs on through the report.
 */
export function unmasked(slice: Slice): { readonly space: Space; readonly slice: Slice; readonly tail: Tail } {
  const stored = bytesOf(slice)
  const length = Math.min(stored.length, SIZE.v1)
  const clear = stored.slice(0, length)
  const tail = tailOf(slice)
  const mask = stored.subarray(ANONCE_AT, ANONCE_AT + 4)
  const flip = (from: number, to: number) => {
    for (let i = from; i < Math.min(to, length); i++) clear[i] = (clear[i] ?? 0) ^ (mask[i % 4] ?? 0)
  }
  if (length >= ANONCE_AT + 4) {
    flip(0, ANONCE_AT)
    // PEK certificate, chip id and reserved bytes; the MAC is never masked.
    if (tail === 'masked') flip(V1_TAIL_AT, SIZE.v1 - 32)
  }
  const id = derivedId(slice.space, 'xor', slice.start)
  const space: Space = {
    id,
    parent: slice.space,
    via: 'xor',
    map: 'exact',
    bytes: clear,
    pieces: [{ at: 0, length, sourceStart: slice.start, sourceEnd: slice.start + length }],
  }
  return { space, slice: sliceOf(id, clear), tail }
}
