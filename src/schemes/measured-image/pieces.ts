import type { FieldNode } from '../../core/field.ts'
import { rangeOf, type Slice } from '../../core/place.ts'

/** A part of a file that is shown as one piece: these files are long, and nothing in them is read byte by byte. */
export interface Piece {
  readonly label: string
  readonly slice: Slice
  readonly node?: FieldNode
}

/** Pieces in their order; what lies between them is a piece too. */
export function piecesNode(slice: Slice, label: string, doc: string, pieces: readonly Piece[]): FieldNode {
  const children: FieldNode[] = []
  let at = slice.start
  const leaf = (name: string, start: number, end: number): FieldNode => ({
    path: `part${children.length}`,
    label: name,
    kind: 'leaf',
    ranges: [{ space: slice.space, start, end }],
    value: { kind: 'bytes', length: end - start },
    children: [],
    problems: [],
    doc: name === 'rest' ? 'field.measuredImage.rest' : doc,
  })
  for (const { label: name, slice: own, node } of pieces.toSorted((a, b) => a.slice.start - b.slice.start)) {
    if (own.start < at || own.end <= own.start || own.end > slice.end) continue
    if (own.start > at) children.push(leaf('rest', at, own.start))
    children.push(node ?? leaf(name, own.start, own.end))
    at = own.end
  }
  if (at < slice.end) children.push(leaf('rest', at, slice.end))
  return {
    path: '',
    label,
    kind: 'struct',
    ranges: [rangeOf(slice)],
    value: { kind: 'none' },
    children,
    problems: [],
  }
}
