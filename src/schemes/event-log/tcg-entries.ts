import type { Derived, HashLabel, WordsCovered } from '../../core/derived.ts'
import type { ByteRange, Slice } from '../../core/place.ts'
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

/** Events with what covers them, each made when it is its turn. */
export function* entriesOf(log: TcgLog): Generator<Entry> {
  const { bytes } = log.slice
  const names = new Map<number, string>()
  for (const [index, event] of log.events.entries()) {
    const { covered, start, end } = coverageOf(bytes, event)
    let register = names.get(event.register)
    if (register === undefined) names.set(event.register, (register = registerName(event.register, log.isCc)))
    yield new TcgEntry(log.slice, event, index, event.type === EV_NO_ACTION ? '' : register, covered, start, end)
  }
}

const NO_RANGES: readonly ByteRange[] = []

/** An event with what covers it. All else is made when it is asked for. */
class TcgEntry implements Entry {
  readonly register: string
  readonly covered: WordsCovered
  readonly #slice: Slice
  readonly #event: TcgEvent
  readonly #index: number
  readonly #start: number
  readonly #end: number

  constructor(
    slice: Slice,
    event: TcgEvent,
    index: number,
    register: string,
    covered: WordsCovered,
    start: number,
    end: number,
  ) {
    this.register = register
    this.covered = covered
    this.#slice = slice
    this.#event = event
    this.#index = index
    this.#start = start
    this.#end = end
  }

  get path(): string {
    return `events[${this.#index}]`
  }

  get ranges(): readonly ByteRange[] {
    return [{ space: this.#slice.space, start: this.#event.start, end: this.#event.end }]
  }

  get type(): string {
    return typeName(this.#event.type)
  }

  get words(): string {
    return wordsOf(this.#slice, this.#event)
  }

  get coveredRanges(): readonly ByteRange[] {
    return this.covered === 'whole' || this.covered === 'part'
      ? [{ space: this.#slice.space, start: this.#start, end: this.#end }]
      : NO_RANGES
  }

  get extends(): boolean {
    return this.#event.type !== EV_NO_ACTION
  }

  get digests(): readonly Digest[] {
    return this.#event.digests
  }

  get isOdd(): Saying | undefined {
    return oddOf(this.#event)
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
  const locality = log.isCc ? 0 : localityOf(log)
  const initialOf = (register: string, hash: HashLabel) => {
    if (register !== 'PCR0') return initialValue(register, hash)
    const initial = new Uint8Array(HASH_SIZES[hash])
    initial[initial.length - 1] = locality
    return initial
  }
  return derivedFrom(
    'firmware',
    entriesOf(log),
    (events) => ({
      end: log.end - log.slice.start,
      padding: log.padding,
      isPart: log.stopped === 'too-many',
      ...(log.stopped !== undefined && log.stopped !== 'too-many' ? { breaksOff: true } : {}),
      algorithms: log.banks.flatMap(({ id }) => ALGORITHM[id] ?? []),
      ...concluded(log, events),
    }),
    initialOf,
  )
}
