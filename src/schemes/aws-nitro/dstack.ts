import type { FieldNode } from '../../core/field.ts'
import { rangeOf, type Slice } from '../../core/place.ts'
import { say } from '../../core/saying.ts'
import type { Decoding } from '../../core/scheme.ts'
import { gapNode, hexOffset, struct, u8, type Layout } from '../../bytes/layout.ts'
import { formatOf } from './decoded.ts'

/** Compact integer of SCALE: the two low bits of the first byte say how many bytes it takes. */
export const compact: Layout<{ readonly value: number; readonly ranges: readonly [] }> = {
  size: undefined,
  rows: () => [{ name: '', label: '', type: 'SCALE compact' }],
  read(slice, path, label = path) {
    const first = slice.bytes[slice.start] ?? 0
    const width = slice.start < slice.end ? ([1, 2, 4, 0][first & 3] ?? 0) : 0
    const own = { ...slice, end: Math.min(slice.end, slice.start + width) }
    if (width === 0 || own.end - own.start < width) {
      return {
        value: undefined,
        end: slice.end,
        short: true,
        node: gapNode(path, label, slice, [
          {
            because: say(
              'layout.truncated',
              {
                field: label,
                need: Math.max(1, width),
                have: slice.end - slice.start,
                at: hexOffset(slice.start),
              },
              'cut-off',
            ),
            range: rangeOf(slice),
          },
        ]),
      }
    }
    let raw = 0
    for (let i = width - 1; i >= 0; i--) raw = raw * 256 + (own.bytes[own.start + i] ?? 0)
    const value = Math.floor(raw / 4)
    return {
      value: { value, ranges: [] },
      end: own.end,
      short: false,
      node: {
        path,
        label,
        kind: 'leaf',
        ranges: [rangeOf(own)],
        value: { kind: 'uint', value: String(value), width },
        children: [],
        problems: [],
      },
    }
  },
}

/** What stands before the document: two bytes (version and kind) and its length. */
export const envelope = struct('nitroDstack')
  .field('version', u8())
  .field('kind', u8({ 2: 'AWS Nitro Enclave' }))
  .field('length', compact)

/** The document, and what the envelope carries behind it, which no signature of AWS covers. */
export function decodeDstack(slice: Slice): Decoding<undefined> {
  const head = envelope.read(slice, '', 'dstack')
  const rest: Slice = { ...slice, start: head.end }
  if (!head.value) return { tree: () => head.node, decoded: undefined, spaces: () => [], problems: [], inner: [] }
  const document: Slice = { ...rest, end: Math.min(rest.end, rest.start + head.value.length.value) }
  const tail: Slice = { ...slice, start: document.end }
  const leaf = (path: string, label: string, own: Slice): FieldNode => ({
    path,
    label,
    kind: 'leaf',
    ranges: [rangeOf(own)],
    value: { kind: 'bytes', length: own.end - own.start },
    doc: `field.nitroDstack.${path}`,
    children: [],
    problems: [],
  })
  const missing = head.value.length.value - (document.end - document.start)
  const lie =
    missing > 0
      ? [
          {
            because: say(
              'layout.truncated',
              {
                field: 'document',
                need: head.value.length.value,
                have: document.end - document.start,
                at: hexOffset(document.start),
              },
              'cut-off',
            ),
            range: rangeOf(document),
          },
        ]
      : []
  const children = [
    ...head.node.children,
    { ...leaf('document', 'document', document), problems: lie },
    ...(tail.end > tail.start ? [leaf('rest', 'rest', tail)] : []),
  ]
  return {
    tree: () => ({ ...head.node, ranges: [rangeOf(slice)], children }),
    decoded: undefined,
    spaces: () => [],
    problems: [],
    inner: [{ slice: document, name: 'document', format: formatOf(document), origin: 'embedded' }],
  }
}
