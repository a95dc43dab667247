import { bytesOf } from '../core/place.ts'
import type { CborEntry, CborItem } from './cbor.ts'

/** Numbers for values that were met: equal values share one, however they are written. */
export interface Interned {
  readonly ids: Map<string, number>
  readonly known: Map<CborItem, number>
}

/** Pairs of keys of one map that are the same value in CBOR's own sense: an integer in a longer form is the same key, 1 and 1.0 and "1" are three. */
export function duplicateKeys(
  entries: readonly CborEntry[],
  interned: Interned,
): { readonly first: CborItem; readonly second: CborItem }[] {
  if (entries.length < 2) return []
  const seen = new Map<number, CborItem>()
  const found: { first: CborItem; second: CborItem }[] = []
  for (const { key } of entries) {
    if (key.kind === 'broken') continue
    const id = idOf(key, interned)
    const first = seen.get(id)
    if (first) found.push({ first, second: key })
    else seen.set(id, key)
  }
  return found
}

// Depth is bounded by the reader, so recursion is too; each item is looked at once.
function idOf(item: CborItem, interned: Interned): number {
  const known = interned.known.get(item)
  if (known !== undefined) return known
  const text = nameOf(item, interned)
  const id = interned.ids.get(text) ?? interned.ids.size
  interned.ids.set(text, id)
  interned.known.set(item, id)
  return id
}

function nameOf(item: CborItem, interned: Interned): string {
  switch (item.kind) {
    case 'int':
      return `i${item.value}`
    case 'bytes':
      return `b${byteString(bytesOf(item.content))}`
    case 'text':
      return `t${byteString(bytesOf(item.content))}`
    case 'array':
      return `a${item.items.map((child) => idOf(child, interned)).join(',')}`
    case 'map':
      return `m${item.entries
        .map(({ key, value }) => `${idOf(key, interned)}:${idOf(value, interned)}`)
        .sort()
        .join(',')}`
    case 'tag':
      return `g${item.tag}:${idOf(item.content, interned)}`
    case 'simple':
      return `s${item.value}`
    case 'float':
      return `f${Object.is(item.value, -0) ? '-0' : String(item.value)}`
    case 'broken':
      return `x${item.range.start}`
  }
}

function byteString(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 4096) text += String.fromCharCode(...bytes.subarray(at, at + 4096))
  return text
}
