import type { AppraisalView, Inspection } from '../../src/engine/api.ts'
import type { CheckId, Outcome } from '../../src/core/verdict.ts'
import type { Space } from '../../src/core/place.ts'
import { indexTree } from '../bytes/tree.ts'
import type { Said } from '../lessons/lesson.ts'

/** What a preset does to the bytes of one field. */
export type Move =
  | { readonly kind: 'flip'; readonly path: string; readonly offset?: number; readonly bit: number }
  /** Writes these bytes (hex) from `offset` on. */
  | { readonly kind: 'write'; readonly path: string; readonly offset?: number; readonly hex: string }
  /** Replaces s of an ECDSA signature by n − s: `offset` and length of s in the field, the order of the curve. */
  | {
      readonly kind: 'negate'
      readonly path: string
      readonly offset: number
      readonly order: string
      readonly isLittleEndian?: true
    }

/** A failure that happened, made again in a copy. */
export interface Preset {
  readonly id: string
  /** The kind of evidence it is for. */
  readonly format: string
  readonly title: Said
  /** The incident or class that it stands for, in one line, and where that is told. */
  readonly stands: Said
  readonly source: { readonly title: string; readonly url: string }
  readonly moves: readonly Move[]
  /** Every check that comes out differently, and how; nothing else may. Offered only where `from` is what the case has. */
  readonly changes: readonly Declared[]
  /** Checks that must stand so in the case for the preset to make sense. */
  readonly needs?: readonly { readonly check: CheckId; readonly is: Outcome }[]
}

/** A check that must change. `isIfThere`: only in a case where it stands as `from`. */
export interface Declared {
  readonly check: CheckId
  readonly from: Outcome
  readonly to: Outcome | 'absent'
  readonly isIfThere?: true
}

/** One byte to write. */
export interface ByteWrite {
  readonly offset: number
  readonly to: number
}

/** The bytes that a preset writes in one piece of evidence; undefined where the evidence has no such field. */
export function writesOf(
  preset: Preset,
  inspection: Inspection,
  artifact: number,
): { readonly file: number; readonly space: string; readonly writes: readonly ByteWrite[] } | undefined {
  const found = inspection.artifacts.find((one) => one.index === artifact)
  if (found?.format !== preset.format) return undefined
  const index = indexTree(found.tree, new Map())
  const spaces = inspection.spaces.filter((entry) => entry.file === found.file).map((entry) => entry.space)
  let space: string | undefined
  const writes: ByteWrite[] = []
  for (const move of preset.moves) {
    const range = index.node(move.path)?.ranges[0]
    const bytes = spaces.find((one) => one.id === range?.space)?.bytes
    if (!range || !bytes || (space !== undefined && space !== range.space)) return undefined
    space = range.space
    const from = range.start + (move.offset ?? 0)
    if (from >= range.end) return undefined
    writes.push(...written(move, bytes, from))
  }
  // Neighbours share characters of base64: several bytes at once would have to be written on each other's results.
  const isShared = writes.length > 1 && isThroughText(spaces, space)
  return space === undefined || isShared ? undefined : { file: found.file, space, writes }
}

function isThroughText(spaces: readonly Space[], id: string | undefined): boolean {
  const space = spaces.find((one) => one.id === id)
  if (!space || space.id === '') return false
  return space.via === 'base64' || isThroughText(spaces, space.parent ?? space.pieces[0]?.source ?? '')
}

function written(move: Move, bytes: Uint8Array, from: number): ByteWrite[] {
  switch (move.kind) {
    case 'flip':
      return [{ offset: from, to: (bytes[from] ?? 0) ^ (1 << move.bit) }]
    case 'write':
      return pairs(move.hex).map((to, at) => ({ offset: from + at, to }))
    case 'negate': {
      const order = BigInt(`0x${move.order}`)
      const length = move.order.length / 2
      const taken = [...bytes.subarray(from, from + length)]
      const ordered = move.isLittleEndian === true ? taken.toReversed() : taken
      const s = BigInt(`0x${ordered.map((byte) => byte.toString(16).padStart(2, '0')).join('')}`)
      const negated = pairs((order - s).toString(16).padStart(2 * length, '0'))
      return (move.isLittleEndian === true ? negated.toReversed() : negated).map((to, at) => ({
        offset: from + at,
        to,
      }))
    }
  }
}

const pairs = (hex: string): number[] => (hex.match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16))

/** Whether a case can have this failure: the field is there, and the checks stand as the preset says they stood. */
export function isOffered(preset: Preset, inspection: Inspection, view: AppraisalView, subject: number): boolean {
  const artifact = view.subjects.find((one) => one.index === subject)?.artifact
  if (artifact === undefined || writesOf(preset, inspection, artifact) === undefined) return false
  const has = (check: CheckId, outcome: Outcome) =>
    view.checks.some((one) => one.id === check && one.subject === subject && one.outcome === outcome)
  return (
    preset.changes.every(({ check, from, isIfThere }) => isIfThere === true || has(check, from)) &&
    (preset.needs ?? []).every(({ check, is }) => has(check, is))
  )
}

/** What the preset declares for this very case. */
export function declaredFor(preset: Preset, view: AppraisalView): readonly Declared[] {
  return preset.changes.filter(
    ({ check, from, isIfThere }) =>
      isIfThere !== true || view.checks.some((one) => one.id === check && one.outcome === from),
  )
}
