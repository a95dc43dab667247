import type { Problem } from '../core/field.ts'
import { derivedId, sliceOf, type Piece, type Slice, type Space, type Via } from '../core/place.ts'
import { withLater } from '../bytes/later.ts'
import type { Unwrapped } from './types.ts'

/** A derived space over the whole of `bytes`, made from `source`. Without pieces only the whole maps to the whole. A function makes them when they are first asked for. */
export function derive(
  source: Slice,
  via: Via,
  bytes: Uint8Array,
  pieces: readonly Piece[] | undefined | (() => readonly Piece[] | undefined),
  problems: readonly Problem[] = [],
): Unwrapped {
  const id = derivedId(source.space, via, source.start)
  const whole: Piece = { at: 0, length: bytes.length, sourceStart: source.start, sourceEnd: source.end }
  const common = { id, parent: source.space, via, bytes }
  const space: Space =
    typeof pieces === 'function'
      ? withLater(common, {
          map: () => (pieces() ? 'exact' : 'opaque'),
          pieces: () => pieces() ?? [whole],
        })
      : { ...common, map: pieces ? 'exact' : 'opaque', pieces: pieces ?? [whole] }
  return { space, slice: sliceOf(id, bytes), problems }
}
