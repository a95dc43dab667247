import type { ByteRange, Piece, Space } from '../core/place.ts'

/**
 * The bytes of the parent which say the bytes of a derived range, in order, touching ones joined; nothing for bytes that no source byte says.
 * One step only: ask again with the result to go further. A space without a parent gives nothing.
 */
export function mapBack(spaces: ReadonlyMap<string, Space>, range: ByteRange): ByteRange[] {
  const space = spaces.get(range.space)
  if (!space || range.end <= range.start) return []
  const { pieces, parent } = space
  const out: { space: string; start: number; end: number }[] = []
  for (let i = firstReaching(pieces, range.start); i < pieces.length; i++) {
    const piece = pieces[i]
    if (!piece || piece.at >= range.end) break
    const source = piece.source ?? parent
    if (source === undefined || piece.length === 0) continue
    const from = Math.max(range.start, piece.at) - piece.at
    const to = Math.min(range.end, piece.at + piece.length) - piece.at
    if (to <= from) continue
    // Bytes and characters advance together: 1:1 for slices, 1:2 for hex, 3:4 for base64, whose bytes share characters.
    const width = piece.sourceEnd - piece.sourceStart
    const start =
      space.map === 'opaque' ? piece.sourceStart : piece.sourceStart + Math.floor((from * width) / piece.length)
    const end = space.map === 'opaque' ? piece.sourceEnd : piece.sourceStart + Math.ceil((to * width) / piece.length)
    const last = out.at(-1)
    if (last && last.space === source && start <= last.end && start >= last.start) last.end = Math.max(last.end, end)
    else if (end > start) out.push({ space: source, start, end })
  }
  return out
}

/** Index of the first piece that ends behind `offset`; pieces are in order of `at`. */
function firstReaching(pieces: readonly Piece[], offset: number): number {
  let low = 0
  let high = pieces.length
  while (low < high) {
    const middle = (low + high) >> 1
    const piece = pieces[middle]
    if (piece && piece.at + piece.length > offset) high = middle
    else low = middle + 1
  }
  return low
}
