import type { DerivedEvent, HashLabel, NamedValue, WordsCovered } from '../../core/derived.ts'
import type { ByteRange } from '../../core/place.ts'
import type { Saying } from '../../core/saying.ts'
import type { Digest } from './tcg.ts'

/** An event of any of these logs, as replay and conclusions need it. */
export interface Entry {
  readonly path: string
  readonly ranges: readonly ByteRange[]
  /** `PCR7`, `RTMR3`, `NV1c00002`; '' where it goes into none. */
  readonly register: string
  readonly type: string
  readonly words: string
  readonly covered: WordsCovered
  readonly coveredRanges: readonly ByteRange[]
  readonly digests: readonly Digest[]
  readonly extends: boolean
  readonly odd?: Saying | undefined
}

/** What stands in the tree and in panels. */
export function eventOf({ path, ranges, register, type, words, covered, coveredRanges, odd }: Entry): DerivedEvent {
  return {
    path,
    ranges,
    register,
    type,
    words: words.length > WORDS_SHOWN ? words.slice(0, WORDS_SHOWN) : words,
    covered,
    coveredRanges,
    ...(odd ? { isOdd: odd } : {}),
  }
}

/** Longest words that an event repeats; the whole is at its bytes. */
export const WORDS_SHOWN = 400

/** A named value from one event. */
export function named(name: string, value: string, entry: Entry, event: number): NamedValue {
  return { name, value, register: entry.register, event, ranges: entry.coveredRanges }
}

export type InitialOf = (register: string, hash: HashLabel) => Uint8Array
