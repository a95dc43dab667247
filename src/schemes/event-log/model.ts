import type { DerivedEvent, HashLabel, NamedValue } from '../../core/derived.ts'
import type { Digest } from './tcg.ts'

/** An event of any of these logs, as replay and conclusions need it. */
export interface Entry extends DerivedEvent {
  readonly digests: readonly Digest[]
  readonly extends: boolean
}

/** A named value from one event. */
export function named(
  name: string,
  value: string,
  { register, coveredRanges }: Pick<DerivedEvent, 'register' | 'coveredRanges'>,
  event: number,
): NamedValue {
  return { name, value, register, event, ranges: coveredRanges }
}

export type InitialOf = (register: string, hash: HashLabel) => Uint8Array
