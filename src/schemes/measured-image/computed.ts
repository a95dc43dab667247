import type { HashLabel } from '../../core/derived.ts'

/** A value that was computed from files. */
export interface ComputedValue {
  readonly register: string
  readonly hash: HashLabel
  readonly value: Uint8Array
  /** A difference is only worth a remark: something else may have been chosen. */
  readonly isRemark?: boolean
}

/** Values that belong together under one way of starting. */
export interface ComputedGroup {
  readonly name: string
  readonly values: readonly ComputedValue[]
}

/** What a file comes to. */
export interface Computed {
  readonly groups: readonly ComputedGroup[]
  /** Digests of the file itself, by which logs name it. */
  readonly files: readonly { readonly name: string; readonly hash: HashLabel; readonly value: Uint8Array }[]
  /** Whether it is whole, by its own marks; undefined where it has none. */
  readonly state: 'whole' | 'cut' | 'checksum' | 'signature' | 'unsupported'
  readonly found?: string
  readonly expected?: string
}
