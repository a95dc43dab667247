import type { Problem } from '../core/field.ts'
import { derivedId, sliceOf, type Piece, type Slice, type Space, type Via } from '../core/place.ts'
import type { Unwrapped } from './types.ts'

/** A derived space over the whole of `bytes`, made from `source`. Without pieces only the whole maps to the whole. */
export function derive(source: Slice, via: Via, bytes: Uint8Array, pieces: readonly Piece[] | undefined, problems: readonly Problem[] = []): Unwrapped {
  const id = derivedId(source.space, via, source.start)
  const whole: Piece = { at: 0, length: bytes.length, sourceStart: source.start, sourceEnd: source.end }
  const space: Space = { id, parent: source.space, via, map: pieces ? 'exact' : 'opaque', bytes, pieces: pieces ?? [whole] }
  return { space, slice: sliceOf(id, bytes), problems }
}
