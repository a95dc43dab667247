import type { Mark } from '../../core/scheme.ts'
import type { Slice } from '../../core/place.ts'
import { claimedEnd, claimedReportEnd, HEAD } from './look.ts'

/** The first parameter of both lists: the algorithm of the signature, which is always the same. */
const FIRST = [0x00, 0x00, 0x00, 0x10, 0x01, 0x00, 0x02, 0x00, 0x00, 0x00, 0x00, 0x00]

const whole = (end: number | undefined, slice: Slice) => (end !== undefined && end <= slice.end ? end : undefined)

export const marks: readonly Mark[] = [
  { bytes: FIRST, behind: HEAD.report, end: (slice) => whole(claimedReportEnd(slice), slice) },
  // The certificate stands in every report, so that alone it counts only where no report was found.
  { bytes: FIRST, behind: HEAD.ak, end: (slice) => whole(claimedEnd(slice, HEAD.ak), slice) },
]
