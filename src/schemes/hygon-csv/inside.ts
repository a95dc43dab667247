import type { Slice } from '../../core/place.ts'
import type { Mark } from '../../core/scheme.ts'
import { ANONCE_AT, SIZE } from './numbers.ts'
import { isCa, isCertificate } from './look.ts'
import { isV1, isV2, le32 } from './mask.ts'

/** PEK, SM2 and its curve, as every report of version 2 has them in its certificate. */
const v2: Mark = {
  bytes: [0x02, 0x10, 0, 0, 4, 0, 0, 0, 3, 0, 0, 0],
  behind: 1176,
  end: (slice) => (isV2(slice) ? Math.min(slice.end, slice.start + SIZE.v2) : undefined),
}
/** Certificates of keys name usage, algorithm and curve: of the chip (1004) and of the platform (1002). */
const certificates: readonly Mark[] = [0x02, 0x04].map((usage) => ({
  bytes: [usage, 0x10, 0, 0, 4, 0, 0, 0, 3, 0, 0, 0],
  behind: 8,
  end: (slice) => (isCertificate(slice) ? slice.start + SIZE.certificate : undefined),
}))
/** Authorities: version 1, and SM2's curve behind the key's usage. */
const authority: Mark = {
  bytes: [3, 0, 0, 0],
  behind: 64,
  end: (slice) => (le32(slice, 0) === 1 && isCa(slice) ? slice.start + SIZE.ca : undefined),
}
/** Usage and algorithm stand under the mask right before the mask itself (ANONCE): both words, taken together with it, come to PEK and SM2. */
const USAGE_AT = ANONCE_AT - 8
function masked({ bytes, start, end }: Slice): number[] {
  const found: number[] = []
  for (let at = start + USAGE_AT; at + 12 <= end; at++) {
    const is = (i: number, wanted: number) => ((bytes[at + i] ?? 0) ^ (bytes[at + 8 + (i & 3)] ?? 0)) === wanted
    if (is(1, 0x10) && is(0, 0x02) && is(2, 0) && is(3, 0) && is(4, 4) && is(5, 0) && is(6, 0) && is(7, 0))
      found.push(at - USAGE_AT)
  }
  return found
}
const v1: Mark = {
  bytes: [],
  behind: 0,
  places: masked,
  end: (slice) => (isV1(slice) ? slice.start + SIZE.v1 : undefined),
}

export const marks: readonly Mark[] = [v1, v2, ...certificates, authority]
