import { coverageOf, isDigestOf } from './coverage.ts'
import { NO_TYPE, typeName } from './event-types.ts'
import type { Entry } from './model.ts'
import type { Digest, TcgEvent } from './tcg.ts'
import { wordsOf } from './words.ts'

/** A record of a canonical log, whichever way it was written. */
export interface CelParts {
  readonly register: string
  readonly digests: readonly Digest[]
  /** As the record names its content; '' where it names none. */
  readonly contentType: string
  /** Event type of a PC client's event. */
  readonly typeNumber: number | undefined
  /** Type or template where it is a word. */
  readonly typeText: string | undefined
  /** What is hashed as UTF-8 (systemd). */
  readonly text: string | undefined
  /** What is hashed as bytes. */
  readonly data: Uint8Array | undefined
}

const ENCODER = new TextEncoder()

/** The record as replay needs it; its words count as far as the digest covers them. */
export function celEntry(place: Pick<Entry, 'path' | 'ranges'>, parts: CelParts): Entry {
  const { register, digests, text, data, typeText, contentType } = parts
  const common = { ...place, register, digests, extends: true }
  const covering = (holds: boolean) => ({
    covered: holds ? ('whole' as const) : ('none' as const),
    coveredRanges: holds ? place.ranges : [],
  })
  if (text !== undefined)
    return {
      ...common,
      type: typeText ?? 'systemd',
      words: text,
      ...covering(isDigestOf(digests, ENCODER.encode(text))),
    }
  if (!data) return { ...common, type: typeText ?? contentType, words: '', ...covering(false) }
  const type = parts.typeNumber ?? NO_TYPE
  const event: TcgEvent = { start: 0, end: data.length, register: 0, type, digests, dataStart: 0 }
  const { covered } = coverageOf(data, event)
  return {
    ...common,
    type: type === NO_TYPE ? (typeText ?? contentType) : typeName(type),
    words: wordsOf({ space: '', bytes: data, start: 0, end: data.length }, event),
    covered,
    coveredRanges: covered === 'whole' || covered === 'part' ? place.ranges : [],
    extends: covered !== 'not-extended',
  }
}
