import type { Slice } from '../../core/place.ts'
import { ANONCE_AT, CEK, CURVE_SM2, OCA, SIZE } from './numbers.ts'
import { isV1, isV2, le32 } from './mask.ts'

/** How bytes look, from a few numbers at fixed places: small, because detectors are part of the first view. */

/** A certificate of an authority: version 1, a usage of HRK or HSK, the SM2 curve. */
export function isCa(slice: Slice): boolean {
  const usage = le32(slice, 36)
  return (
    slice.end - slice.start >= SIZE.ca &&
    le32(slice, 0) === 1 &&
    (usage === 0 || usage === 0x13) &&
    isCurve(le32(slice, 64)) &&
    uidFits(slice, 212)
  )
}

/** A certificate of a chip's or platform's key. */
export function isCertificate(slice: Slice): boolean {
  const usage = le32(slice, 8)
  const algorithm = le32(slice, 12)
  return (
    slice.end - slice.start >= SIZE.certificate &&
    usage >= OCA &&
    usage <= CEK &&
    (algorithm === 4 || algorithm === 5) &&
    isCurve(le32(slice, 16)) &&
    uidFits(slice, 164)
  )
}

// Another curve is still this format: a check says what is wrong with it.
const isCurve = (curve: number): boolean => curve >= 1 && curve <= CURVE_SM2

const uidFits = (slice: Slice, at: number): boolean => {
  const length = le32(slice, at) & 0xffff
  return length > 0 && length <= 254
}

/** A report of either version; one that is cut off is known by its head. */
export function isReport(slice: Slice): boolean {
  if (isV1(slice) || isV2(slice)) return true
  const anonce = le32(slice, ANONCE_AT)
  const size = slice.end - slice.start
  return size >= 336 && size < SIZE.v1 && (le32(slice, 180) ^ anonce) === 0x1002 && (le32(slice, 184) ^ anonce) === 4
}

/** How far bytes look like a DCU's report: usage and algorithm in either order, zeros above both halves of the signature. One changed field leaves it known. */
export function dcuScore(slice: Slice): number {
  if (slice.end - slice.start !== SIZE.dcu) return 0
  const pair = [le32(slice, 244), le32(slice, 248)]
  const fitting = [4, CEK].filter((value) => pair.includes(value)).length
  const isHighZero = [252 + 32, 252 + 104].every((at) =>
    slice.bytes.subarray(slice.start + at, slice.start + at + 40).every((byte) => byte === 0),
  )
  if (fitting === 2) return isHighZero ? 0.9 : 0.7
  return fitting === 1 && isHighZero ? 0.7 : 0
}
