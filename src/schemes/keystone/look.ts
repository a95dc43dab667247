import type { Slice } from '../../core/place.ts'
import type { Mark } from '../../core/scheme.ts'

/** How bytes look, from a few numbers at fixed places: small, because detectors are part of the first view. */

/** `sizeof(struct report)`. */
export const REPORT_SIZE = 1352
/** What the project's example copies out, with the report at its start. */
export const BUFFER_SIZE = 2048

const LENGTH_AT = 64
const ENCLAVE_SIGNATURE_AT = 1096
const MONITOR_SIGNATURE_AT = 1256

/**
 * A report has no magic. What can be seen: a data length of at most 1024, in eight bytes; a hash before it and a signature behind the data that are not made of zeros, as no hash is;
 * and that s of both signatures is below 2²⁵³, as every Ed25519 signature's is.
 */
export function startsReport(slice: Slice): boolean {
  if (slice.end - slice.start < REPORT_SIZE) return false
  const at = (offset: number) => slice.bytes[slice.start + offset] ?? 0
  const zeros = (from: number, count: number) => {
    let found = 0
    for (let offset = from; offset < from + count; offset++) if (at(offset) === 0) found++
    return found
  }
  return (
    at(LENGTH_AT) + 256 * at(LENGTH_AT + 1) <= 1024 &&
    zeros(LENGTH_AT + 2, 6) === 6 &&
    (at(ENCLAVE_SIGNATURE_AT + 63) & 0xe0) === 0 &&
    (at(MONITOR_SIGNATURE_AT + 63) & 0xe0) === 0 &&
    zeros(0, 64) <= 8 &&
    zeros(ENCLAVE_SIGNATURE_AT, 64) <= 8
  )
}

/** Where six zeros stand as in a small data length. Looks at every sixth byte, and at its neighbours where that is zero. */
function places({ bytes, start, end }: Slice): number[] {
  const found: number[] = []
  const first = start + LENGTH_AT + 2
  for (let at = first + 5; at < end; at += 6) {
    if (bytes[at] !== 0) continue
    let [from, to] = [at, at]
    while (from > first && bytes[from - 1] === 0) from--
    while (to + 1 < end && bytes[to + 1] === 0) to++
    // The two bytes before the six may be zeros too; more than that is no hash.
    if (to - from >= 5)
      for (let zero = from; zero <= from + 2 && zero + 5 <= to; zero++) found.push(zero - LENGTH_AT - 2)
    at += 6 * Math.ceil((to - at) / 6)
  }
  return found
}

/** Reports in the middle of other bytes. */
export const marks: readonly Mark[] = [
  {
    bytes: [],
    behind: 0,
    places,
    end: (slice) => (startsReport(slice) ? slice.start + REPORT_SIZE : undefined),
  },
]
