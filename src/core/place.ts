/** Where bytes are. A *space* is a run of bytes that can be looked at: a dropped file, or bytes derived from one (decoded hex, an inflated stream, a to-be-signed buffer). */

/** Which artifact of a case, from 0: the files in the order in which they came, each followed by what lies inside it. */
export type ArtifactIndex = number

/** Unique within one file of a case: '' is the file itself, a derived space is named after how it was made and where, e.g. `hex@0`, `base64@12/pem@0`. */
export type SpaceId = string

/** How a derived space was made from its parent. */
export type Via =
  | 'file'
  | 'slice'
  | 'hex'
  | 'base64'
  | 'inflate'
  | 'zip'
  | 'xor'
  | 'concat'
  | 'json-unescape'
  | 'url-unescape'
  | 'c14n'
  | 'decimal-array'

/** Half-open range of bytes in one space. */
export interface ByteRange {
  readonly space: SpaceId
  readonly start: number
  /** Exclusive. */
  readonly end: number
}

/** A run where derived bytes and source bytes advance together: `at..at+length` here comes from `sourceStart..sourceEnd` of `source` (default: the parent). */
export interface Piece {
  readonly at: number
  readonly length: number
  readonly source?: SpaceId
  readonly sourceStart: number
  readonly sourceEnd: number
}

/** Derived (or original) bytes which know where they came from. Plain data: crosses the worker boundary. */
export interface Space {
  readonly id: SpaceId
  readonly parent?: SpaceId
  readonly via: Via
  /** `exact`: every byte maps through `pieces`. `opaque`: only the whole maps to the whole (compression). */
  readonly map: 'exact' | 'opaque'
  readonly bytes: Uint8Array
  readonly pieces: readonly Piece[]
}

/** What readers read: part of a space. `bytes` is the whole space, so offsets in ranges need no arithmetic. */
export interface Slice {
  readonly space: SpaceId
  readonly bytes: Uint8Array
  readonly start: number
  readonly end: number
}

/** A value together with the bytes that say it. Several ranges where a format scatters the pieces. */
export interface Located<T> {
  readonly path: string
  readonly ranges: readonly ByteRange[]
  readonly value: T
}

/** The bytes of a slice, without copying. */
export function bytesOf(slice: Slice): Uint8Array {
  return slice.bytes.subarray(slice.start, slice.end)
}

/** The whole of a space as a slice. */
export function sliceOf(space: SpaceId, bytes: Uint8Array, start = 0, end = bytes.length): Slice {
  return { space, bytes, start, end }
}

/** Part of a slice; offsets count from the slice's own start and are clamped to it, so a lying length cannot reach outside. */
export function subSlice(slice: Slice, from: number, to: number = slice.end - slice.start): Slice {
  const start = Math.min(slice.end, Math.max(slice.start, slice.start + from))
  const end = Math.min(slice.end, Math.max(start, slice.start + to))
  return { space: slice.space, bytes: slice.bytes, start, end }
}

/** A slice's own range. */
export function rangeOf(slice: Slice): ByteRange {
  return { space: slice.space, start: slice.start, end: slice.end }
}

/** The bytes a range stands for, when its space is this slice's. */
export function sliceAt(slice: Slice, range: ByteRange): Slice {
  return { space: slice.space, bytes: slice.bytes, start: range.start, end: range.end }
}

/** Id of a derived space: parent, how, and where the source starts. */
export function derivedId(parent: SpaceId, via: Via, at: number): SpaceId {
  return parent === '' ? `${via}@${at}` : `${parent}/${via}@${at}`
}
