import type { DerivedEvent, HashLabel, NamedValue } from '../../core/derived.ts'
import type { Digest } from './tcg.ts'

/** An event of any of these logs, as replay and conclusions need it. */
export interface Entry extends DerivedEvent {
  readonly digests: readonly Digest[]
  readonly extends: boolean
}

/** A named value from one event. */
export function named(name: string, value: string, entry: Entry, event: number): NamedValue {
  return { name, value, register: entry.register, event, ranges: entry.coveredRanges }
}

export type InitialOf = (register: string, hash: HashLabel) => Uint8Array
