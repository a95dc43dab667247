import type { Slice } from '../../core/place.ts'

/** Reads numbers one after another; `short` once something was missing, and everything after that is 0. */
export class Cursor {
  readonly slice: Slice
  at: number
  short = false

  constructor(slice: Slice, at = slice.start) {
    this.slice = slice
    this.at = at
  }

  /** A little-endian number of up to four bytes. */
  le(width: 1 | 2 | 4): number {
    const from = this.skip(width)
    if (from === undefined) return 0
    const { bytes } = this.slice
    let value = 0
    for (let i = width - 1; i >= 0; i--) value = value * 256 + (bytes[from + i] ?? 0)
    return value
  }

  /** A big-endian number of four bytes. */
  be(): number {
    const from = this.skip(4)
    let value = 0
    for (let i = 0; from !== undefined && i < 4; i++) value = value * 256 + (this.slice.bytes[from + i] ?? 0)
    return value
  }

  /** A little-endian number of eight bytes; one that no file has the length of becomes Infinity. */
  le64(): number {
    const low = this.le(4)
    const high = this.le(4)
    return high > 0x1f_ffff ? Infinity : high * 4_294_967_296 + low
  }

  /** The next bytes, without copying. */
  take(length: number): Uint8Array {
    const from = this.skip(length)
    return from === undefined ? new Uint8Array() : this.slice.bytes.subarray(from, from + length)
  }

  /** Where the next bytes begin; undefined when they are not there. */
  skip(length: number): number | undefined {
    if (this.short || length > this.slice.end - this.at) {
      this.short = true
      return undefined
    }
    const from = this.at
    this.at += length
    return from
  }
}
