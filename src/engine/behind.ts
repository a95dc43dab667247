import type { Slice, Space } from '../core/place.ts'
import type { Decoding, Inner, Mark, Unexplored } from '../core/scheme.ts'
import { hexOffset } from '../bytes/layout.ts'
import { extentAt } from '../unwrap/magic-scan.ts'
import { STRONG, type DetectAll, type Part } from '../unwrap/types.ts'
import { peel } from '../unwrap/unwrap.ts'

/** What stands behind something that was recognised, or in bytes that its layout names and does not read: looked at like a file of its own, and kept only where it is recognised. */

export interface Also {
  readonly inner: readonly (Inner | Part)[]
  /** Spaces that were derived on the way. */
  readonly spaces: readonly Space[]
}
const NOTHING_ELSE: Also = { inner: [], spaces: [] }

/** What a format opens itself is not opened twice. */
export function without(inner: Also['inner'], { inner: known }: Decoding): Also['inner'] {
  const isKnown = ({ slice }: Inner) =>
    known.some((one) => one.slice.space === slice.space && one.slice.start < slice.end && one.slice.end > slice.start)
  return inner.filter((one) => !isKnown(one))
}

/** Shorter bytes hold nothing that is known here. */
const SMALLEST = 64
/** Most runs of one artifact that are looked at. */
const MOST = 64

/** What is recognised behind the structure at a slice's start. */
export function behindIt(slice: Slice, detectAll: DetectAll, marks: readonly Mark[]): Also {
  const end = extentAt(slice, marks)
  return end === undefined ? NOTHING_ELSE : within({ ...slice, start: end }, undefined, detectAll, marks)
}

/** What is recognised in the bytes that a layout leaves to others. */
export function leftToOthers({ unexplored }: Decoding, detectAll: DetectAll, marks: readonly Mark[]): Also {
  const all = (unexplored ?? [])
    .slice(0, MOST)
    .map(({ slice, name }: Unexplored) => within(slice, name, detectAll, marks))
  return { inner: all.flatMap((one) => one.inner), spaces: all.flatMap((one) => one.spaces) }
}

function within(slice: Slice, name: string | undefined, detectAll: DetectAll, marks: readonly Mark[]): Also {
  if (slice.end - slice.start < SMALLEST || isPadding(slice)) return NOTHING_ELSE
  const { readings, parts, spaces } = peel(slice, detectAll, marks)
  if (parts.length > 0) return { inner: parts, spaces }
  const [best] = readings
  if (!best || (best.detections[0]?.score ?? 0) < STRONG) return NOTHING_ELSE
  // Layers of text are taken off again where the part is opened, which then says so.
  const own = best.slice.space === slice.space ? best.slice : slice
  return { inner: [{ slice: own, name: name ?? hexOffset(own.start), origin: 'embedded' }], spaces: [] }
}

function isPadding({ bytes, start, end }: Slice): boolean {
  const first = bytes[start]
  for (let at = start; at < end; at++) if (bytes[at] !== first) return false
  return true
}
