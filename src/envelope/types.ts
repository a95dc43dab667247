import type { Problem } from '../core/field.ts'
import type { Slice, Space } from '../core/place.ts'

/** What came out of one layer: the derived space, all of it as a slice, and what was odd about the layer. */
export interface Unwrapped {
  readonly space: Space
  readonly slice: Slice
  readonly problems: readonly Problem[]
}

/** Most bytes that one layer may give. */
export const DECODED_LIMIT = 16 * 1024 * 1024
/** Most bytes out per byte in, once `RATIO_FLOOR` bytes have come out. */
export const RATIO_LIMIT = 100
/** Below this size the ratio says nothing: a page of zeros is not an attack. */
export const RATIO_FLOOR = 1024 * 1024
