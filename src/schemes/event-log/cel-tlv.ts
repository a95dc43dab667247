import type { Derived, NamedValue } from '../../core/derived.ts'
import type { Slice } from '../../core/place.ts'
import type { EvidenceFormat } from '../../core/scheme.ts'
import { coverageOf, isDigestOf, type Coverage } from './coverage.ts'
import { inside, numberOf, readCelTlv, type CelRecord, type Tlv } from './cel-tlv-read.ts'
import { typeName } from './event-types.ts'
import { FORMATS } from './formats.ts'
import { named, type Entry } from './model.ts'
import { endOf, Ends, eventPlaces, expandRecords, recordsNode } from './records.ts'
import { derivedFrom, MOST_VALUES } from './replay.ts'
import type { TcgEvent } from './tcg.ts'
import { wordsOf } from './words.ts'

/** Canonical event logs in type-length-value form (TCG CEL 1.0 §5.1), with Google's own content and register. */

const CONTENT: Readonly<Record<number, string>> = {
  4: 'CEL management',
  5: 'PC client',
  7: 'IMA template',
  8: 'IMA TLV',
  80: 'Container-Optimized OS',
}

/** What Google's launcher writes. */
const COS: readonly string[] = [
  'image-reference',
  'image-digest',
  'restart-policy',
  'image-id',
  'argument',
  'environment',
  'override-argument',
  'override-environment',
  'launch-separator',
  'memory-monitor',
  'gpu-cc-mode',
  'gpu-binding',
]
const SEPARATOR = 8
const UTF8 = new TextDecoder()

function entryOf(slice: Slice, record: CelRecord, index: number): Entry & { readonly cos?: Tlv } {
  const { content, digests, start, end } = record
  const parts = inside(slice, content) ?? []
  const none: Coverage = { covered: 'none', start: content.start, end: content.start }
  const whole = (from: number, to: number): Coverage =>
    isDigestOf(digests, slice.bytes, from, to) ? { covered: 'whole', start: from, end: to } : none
  let coverage = none
  let words = ''
  let type = CONTENT[content.type] ?? `content ${content.type}`
  if (content.type === 5) {
    const number = parts.find((one) => one.type === 0)
    const data = parts.find((one) => one.type === 1)
    if (number && data) {
      const event: TcgEvent = {
        start,
        end: data.end,
        register: 0,
        type: numberOf(slice, number),
        digests,
        dataStart: data.from,
      }
      coverage = coverageOf(slice.bytes, event)
      words = wordsOf(slice, event)
      type = typeName(event.type)
    }
  } else if (content.type === 80) {
    // The launcher hashes its content with the five bytes of the head.
    coverage = whole(content.start, content.end)
    const [only] = parts
    if (only) {
      type = COS[only.type] ?? `COS ${only.type}`
      words = UTF8.decode(slice.bytes.subarray(only.from, only.end))
    }
  } else if (content.type === 7) {
    const data = parts.find((one) => one.type === 1)
    if (data) coverage = whole(data.from, data.end)
    const name = parts.find((one) => one.type === 0)
    if (name) words = UTF8.decode(slice.bytes.subarray(name.from, name.end))
  } else coverage = whole(content.from, content.end)
  const [cos] = content.type === 80 ? parts : []
  return {
    path: `events[${index}]`,
    ranges: [{ space: slice.space, start, end }],
    register: record.register,
    type,
    words,
    covered: coverage.covered,
    coveredRanges:
      coverage.end > coverage.start ? [{ space: slice.space, start: coverage.start, end: coverage.end }] : [],
    digests,
    extends: content.type !== 5 || type !== 'EV_NO_ACTION',
    ...(cos ? { cos } : {}),
  }
}

/** The launcher's values: what comes before the separator, and only where its digest covers it. */
class Launched {
  readonly #once = new Map<string, NamedValue>()
  readonly #many: NamedValue[] = []
  readonly #counts = new Map<string, number>()
  #isOver = false

  see(entry: Entry & { readonly cos?: Tlv }, index: number): void {
    const { cos, register } = entry
    const isPlace = register === 'RTMR3' || register === 'PCR13'
    // What is not the launcher's own word, word for word, may be the separator in disguise: behind it the workload may write.
    if (cos?.type === SEPARATOR || (isPlace && entry.extends && (!cos || entry.covered !== 'whole')))
      this.#isOver = true
    const name = cos && COS[cos.type]
    if (this.#isOver || !cos || name === undefined || !isPlace) return
    const count = this.#counts.get(name) ?? 0
    this.#counts.set(name, count + 1)
    if (cos.type < 4 || cos.type > 7) {
      if (count === 0) this.#once.set(name, named(name, entry.words, entry, index))
    } else if (this.#many.length < MOST_VALUES) this.#many.push(named(`${name}-${count}`, entry.words, entry, index))
  }

  /** In the order of the log. */
  done(): { readonly values: readonly NamedValue[]; readonly leftOut: number } {
    // A second one of what there is once says that something is wrong with both.
    const once = [...this.#once.values()].filter(({ name }) => this.#counts.get(name) === 1)
    const many = COS.slice(4, 8).reduce((sum, name) => sum + (this.#counts.get(name) ?? 0), 0)
    return {
      values: [...once, ...this.#many].toSorted((a, b) => a.event - b.event),
      leftOut: many - this.#many.length,
    }
  }
}

/** The binary form. */
export const celTlvFormat: EvidenceFormat<Derived> = {
  id: FORMATS.celTlv,
  message: 'supporting',
  title: `format.${FORMATS.celTlv}`,
  decode(slice) {
    const ends = new Ends(slice)
    const launched = new Launched()
    function* entries(): Generator<Entry> {
      for (const record of readCelTlv(slice)) {
        const entry = entryOf(slice, record, ends.count)
        launched.see(entry, ends.count)
        ends.put(record.end)
        yield entry
      }
    }
    const derived = derivedFrom('runtime', entries(), () => {
      const { values, leftOut } = launched.done()
      return { ...endOf(ends), values, leftOut }
    })
    const places = eventPlaces(ends, derived.events, ({ type, words }) => `${type}: ${words}`)
    return {
      tree: () => recordsNode(slice, 'CEL', places),
      decoded: derived,
      spaces: () => [],
      problems: [],
      inner: [],
      expand: expandRecords(slice, places),
    }
  },
  derive: async (derived) => derived,
}
