import type { Derived, HashLabel, WordsCovered } from '../../core/derived.ts'
import type { ByteRange } from '../../core/place.ts'
import { say, type Saying } from '../../core/saying.ts'
import { isZero } from '../../bytes/layout.ts'
import { HASH_SIZES } from '../../crypto/hash.ts'
import { concluded } from './conclusions.ts'
import { coverageOf } from './coverage.ts'
import { typeName } from './event-types.ts'
import type { Entry } from './model.ts'
import { derivedFrom, initialValue } from './replay.ts'
import { ALGORITHM, EV_NO_ACTION, registerName, startsWith, type Digest, type TcgEvent, type TcgLog } from './tcg.ts'
import { wordsOf } from './words.ts'

/** Events with what covers them. */
export function entriesOf(log: TcgLog): readonly Entry[] {
  const { bytes, space } = log.slice
  const names = new Map<number, string>()
  const nameOf = (register: number): string => {
    const known = names.get(register)
    if (known !== undefined) return known
    const fresh = registerName(register, log.isCc)
    names.set(register, fresh)
    return fresh
  }
  return log.events.map((event, index): Entry => {
    const { covered, start, end } = coverageOf(bytes, event)
    return new TcgEntry(
      event,
      `events[${index}]`,
      [{ space, start: event.start, end: event.end }],
      event.type === EV_NO_ACTION ? '' : nameOf(event.register),
      wordsOf(log.slice, event),
      covered,
      covered === 'whole' || covered === 'part' ? [{ space, start, end }] : NO_RANGES,
      oddOf(event),
    )
  })
}

const NO_RANGES: readonly ByteRange[] = []

/** Its digests are those of the event, cut out when they are asked for. */
class TcgEntry implements Entry {
  readonly path: string
  readonly ranges: readonly ByteRange[]
  readonly register: string
  readonly type: string
  readonly words: string
  readonly covered: WordsCovered
  readonly coveredRanges: readonly ByteRange[]
  readonly extends: boolean
  readonly isOdd?: Saying
  readonly #event: TcgEvent

  constructor(
    event: TcgEvent,
    path: string,
    ranges: readonly ByteRange[],
    register: string,
    words: string,
    covered: WordsCovered,
    coveredRanges: readonly ByteRange[],
    isOdd: Saying | undefined,
  ) {
    this.#event = event
    this.path = path
    this.ranges = ranges
    this.register = register
    this.type = typeName(event.type)
    this.words = words
    this.covered = covered
    this.coveredRanges = coveredRanges
    this.extends = event.type !== EV_NO_ACTION
    if (isOdd) this.isOdd = isOdd
  }

  get digests(): readonly Digest[] {
    return this.#event.digests
  }
}

function oddOf(event: TcgEvent) {
  if (event.type === EV_NO_ACTION)
    return event.digests.every(({ value }) => isZero(value)) ? undefined : say('log.odd.no-action-digest')
  return event.type === 2 ? say('log.odd.unused') : undefined
}

const LOCALITY = 'StartupLocality\0'

/** PCR0 starts with the locality that the first such event names, or with 4 after a hardware root of trust. */
function localityOf(log: TcgLog): number {
  const found = log.events.find(
    (event) =>
      event.type === EV_NO_ACTION &&
      event.register === 0 &&
      startsWith({ ...log.slice, end: event.end }, event.dataStart, LOCALITY),
  )
  const locality = found ? (log.slice.bytes[found.dataStart + LOCALITY.length] ?? 0) : 0
  return locality === 3 || locality === 4 ? locality : 0
}

/** Registers, covered words and conclusions of a TCG log. */
export function deriveTcg(log: TcgLog): Derived {
  const entries = entriesOf(log)
  const locality = log.isCc ? 0 : localityOf(log)
  const initialOf = (register: string, hash: HashLabel) => {
    if (register !== 'PCR0') return initialValue(register, hash)
    const initial = new Uint8Array(HASH_SIZES[hash])
    initial[initial.length - 1] = locality
    return initial
  }
  return derivedFrom(
    'firmware',
    entries,
    { end: log.end - log.slice.start, padding: log.padding, isPart: log.stopped === 'too-many' },
    {
      initialOf,
      algorithms: log.banks.flatMap(({ id }) => ALGORITHM[id] ?? []),
      ...concluded(log, entries),
    },
  )
}
