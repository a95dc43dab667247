import type { ByteRange } from './place.ts'
import type { Saying, TextId } from './saying.ts'

/** What a field says, as plain data. Long byte strings are not copied: the bytes are at the node's range. Integers are decimal strings, so 64-bit values survive JSON. */
export type FieldValue =
  | { readonly kind: 'none' }
  | { readonly kind: 'uint'; readonly value: string; readonly width: number }
  | { readonly kind: 'bytes'; readonly length: number }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'time'; readonly iso: string }
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'oid'; readonly oid: string }

/** Something odd about bytes: shown on the field. Whether it matters is a check's business. */
export interface Problem {
  readonly because: Saying
  readonly range: ByteRange
}

/**
 * One node of the tree that the reader sees. Plain data.
 * Leaves (`leaf`, `gap`, `bits`, `embedded`, and an `array` whose elements open on demand) tile the bytes they were read from.
 * `embedded`: a leaf in its own space whose children live in a derived space (a PEM chain, base64, a nested byte string).
 */
export interface FieldNode {
  readonly path: string
  /** As the specification prints it: `MRTD`, `tcbEvaluationDataNumber`. */
  readonly label: string
  readonly kind: 'struct' | 'array' | 'leaf' | 'bits' | 'bit' | 'gap' | 'embedded'
  readonly ranges: readonly ByteRange[]
  readonly value: FieldValue
  /** The specification's name for this value: `ECDSA-256-with-P-256`. */
  readonly symbol?: string
  /** Text that explains the field. */
  readonly doc?: TextId
  readonly children: readonly FieldNode[]
  readonly problems: readonly Problem[]
  /** Element count of an array that is longer than its `children`; the rest opens with `expand(artifact, path, from, to)`. */
  readonly count?: number
  /** Bit positions within the enclosing `bits` field, both inclusive, for `bit` nodes. */
  readonly bit?: { readonly from: number; readonly to: number }
}

/** Arrays show this many elements at once; the rest opens on demand. */
export const ARRAY_WINDOW = 200

/** Most nodes in one tree; what lies beyond is one gap that says so. */
export const NODE_BUDGET = 100_000

/** Deepest nesting that is shown. */
export const DEPTH_BUDGET = 64

/** Row of a layout's documentation table. */
export interface LayoutRow {
  /** Dotted path below the layout's own name. */
  readonly name: string
  readonly label: string
  /** Offset within the layout when every earlier size is fixed. */
  readonly offset?: number
  readonly size?: number
  readonly type: string
  readonly doc?: TextId
  readonly bits?: readonly {
    readonly name: string
    readonly from: number
    readonly to: number
    readonly doc?: TextId
  }[]
}
