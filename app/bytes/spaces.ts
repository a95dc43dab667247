import type { ByteRange, Space } from '../../src/core/place.ts'
import type { Inspection } from '../../src/engine/api.ts'
import type { ReadBytes } from './value.ts'

/** All spaces of one file. */
export function spacesOf(inspection: Inspection, file: number): readonly Space[] {
  return inspection.spaces.filter((one) => one.file === file).map((one) => one.space)
}

/** Reads ranges of one file's spaces. */
export function readerOf(spaces: readonly Space[]): ReadBytes {
  const byId = new Map(spaces.map((space) => [space.id, space.bytes]))
  return (range: ByteRange) => byId.get(range.space)?.subarray(range.start, range.end) ?? new Uint8Array(0)
}
