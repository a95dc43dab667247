import { Attached } from '../bytes/attached.ts'
import { bytesOf, type Slice } from '../core/place.ts'
import { sameBytes } from '../bytes/layout.ts'

/** Larger things are read each time: comparing them would cost as much. */
const LARGEST = 1 << 16

/**
 * A reader that reads each place once: container, artifact and check each ask for what lies there, and all get the same.
 * The bytes are compared, so a buffer that was written to in between is read anew.
 */
export function oncePerPlace<T>(read: (slice: Slice) => T | undefined): (slice: Slice) => T | undefined {
  const known = new Attached<Slice, { readonly bytes: Uint8Array; readonly value: T }>()
  return (slice) => {
    const before = known.get(slice)
    if (before && sameBytes(before.bytes, bytesOf(slice))) return before.value
    const value = read(slice)
    if (value !== undefined && slice.end - slice.start <= LARGEST)
      known.set(slice, { bytes: bytesOf(slice).slice(), value })
    return value
  }
}
