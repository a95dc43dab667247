import { bytesOf, derivedId, sliceOf, type Piece, type Slice, type Space, type SpaceId } from '../core/place.ts'

/** Joins byte strings. */
export function joinBytes(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return out
}

/**
 * Slices one after another as bytes of their own, which know where each came from. Bytes that stand nowhere, as heads and separators, may come between.
 * The space is named after `at`: where in `parent` that begins which they are made of.
 */
export function joinSlices(
  parent: SpaceId,
  at: number,
  parts: readonly (Slice | Uint8Array)[],
): { readonly space: Space; readonly slice: Slice } {
  const pieces: Piece[] = []
  const out: Uint8Array[] = []
  let size = 0
  for (const part of parts) {
    const own = part instanceof Uint8Array ? part : bytesOf(part)
    if (!(part instanceof Uint8Array) && own.length > 0)
      pieces.push({
        at: size,
        length: own.length,
        ...(part.space === parent ? {} : { source: part.space }),
        sourceStart: part.start,
        sourceEnd: part.end,
      })
    out.push(own)
    size += own.length
  }
  const id = derivedId(parent, 'concat', at)
  const bytes = joinBytes(out)
  return { space: { id, parent, via: 'concat', map: 'exact', bytes, pieces }, slice: sliceOf(id, bytes) }
}
