import type { Slice } from '../../../core/place.ts'

/** Where the binary part of a file starts, behind comment lines that begin with `#`. */
export function afterComments(slice: Slice): number {
  let at = slice.start
  while (at < slice.end && slice.bytes[at] === 0x23) {
    const line = slice.bytes.indexOf(10, at)
    at = line < 0 || line >= slice.end ? slice.end : line + 1
  }
  return at
}
