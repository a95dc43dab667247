import { Attached } from '../bytes/attached.ts'
import { readCbor, type CborItem, type CborReading } from '../bytes/cbor.ts'
import { annotatedHex, diagnose } from '../bytes/cbor-diagnostic.ts'
import type { ByteRange, Slice } from '../core/place.ts'

/** A CBOR item in the two ways in which people write it down; made when asked for. */
export interface CborNotes {
  /** Bytes of the whole item: key and head too, where the selection leaves them out. */
  readonly range: ByteRange
  /** RFC 8949 section 8. */
  readonly diagnostic: () => string
  readonly annotated: () => string
}

const kept = new Attached<Uint8Array, { readonly start: number; readonly end: number; readonly reading: CborReading }>()

function readingOf(slice: Slice): CborReading {
  const known = kept.get(slice.bytes)
  if (known && known.start === slice.start && known.end === slice.end) return known.reading
  const reading = readCbor(slice)
  kept.set(slice.bytes, { start: slice.start, end: slice.end, reading })
  return reading
}

/** The item that a selection in the CBOR of a slice stands for; undefined when it is part of one, or none. */
export function cborNotes(slice: Slice, selected: ByteRange): CborNotes | undefined {
  const root = readingOf(slice).item
  const item = root && itemAt(root, selected, slice.end)
  return item && { range: item.range, diagnostic: () => diagnose(item), annotated: () => annotatedHex(slice, item) }
}

/** A field stands for an item when it covers all of it, its content, its head, or the whole with the key before it. The outermost wins: tags belong to what they stand before. */
function itemAt(root: CborItem, selected: ByteRange, end: number): CborItem | undefined {
  const isSame = (start: number, stop: number) => selected.start === start && selected.end === stop
  const todo: { readonly item: CborItem; readonly from: number }[] = [{ item: root, from: root.range.start }]
  for (let next = todo.pop(); next; next = todo.pop()) {
    const { item, from } = next
    const { range } = item
    if (selected.space !== range.space || selected.end < from || selected.start > range.end) continue
    const inner = behindTags(item)
    // What follows the outermost item is shown inside it.
    const ends = item === root ? [range.end, end] : [range.end]
    if (ends.some((stop) => isSame(range.start, stop) || isSame(from, stop))) return item
    if (
      isSame(inner.range.start, inner.range.end) ||
      isSame(range.start, inner.head.end) ||
      isSame(from, inner.head.end) ||
      isSame(from, range.start)
    )
      return item
    if (
      inner.body.end > inner.body.start &&
      (inner.kind === 'bytes' || inner.kind === 'text') &&
      isSame(inner.body.start, inner.body.end)
    )
      return item
    if (inner.kind === 'array') todo.push(...inner.items.map((child) => ({ item: child, from: child.range.start })))
    else if (inner.kind === 'map')
      todo.push(...inner.entries.map(({ key, value }) => ({ item: value, from: key.range.start })))
    else if ((inner.kind === 'bytes' || inner.kind === 'text') && inner.chunks)
      todo.push(...inner.chunks.map((child) => ({ item: child, from: child.range.start })))
  }
  return undefined
}

function behindTags(item: CborItem): CborItem {
  let inner = item
  while (inner.kind === 'tag') inner = inner.content
  return inner
}
