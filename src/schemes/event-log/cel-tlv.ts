import type { NamedValue } from '../../core/derived.ts'
import type { Slice } from '../../core/place.ts'
import type { EvidenceFormat } from '../../core/scheme.ts'
import { coverageOf, isDigestOf, type Coverage } from './coverage.ts'
import { inside, numberOf, readCelTlv, type CelRecord, type Tlv } from './cel-tlv-read.ts'
import { typeName } from './event-types.ts'
import { FORMATS } from './formats.ts'
import { named, type Entry } from './model.ts'
import { expandRecords, recordsNode, restBehind } from './records.ts'
import { derivedFrom } from './replay.ts'
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
    isDigestOf(digests, slice.bytes.subarray(from, to)) ? { covered: 'whole', start: from, end: to } : none
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
function launched(entries: readonly (Entry & { readonly cos?: Tlv })[]): NamedValue[] {
  const stop = entries.findIndex((entry) => entry.cos?.type === SEPARATOR)
  const counts = new Map<string, number>()
  return entries
    .flatMap((entry, index) => {
      const name = entry.cos && COS[entry.cos.type]
      const isLate = stop >= 0 && index > stop
      const isPlace = entry.register === 'RTMR3' || entry.register === 'PCR13'
      if (name === undefined || entry.cos?.type === SEPARATOR || entry.covered !== 'whole' || isLate || !isPlace)
        return []
      const isMany = (entry.cos?.type ?? 0) >= 4 && (entry.cos?.type ?? 0) <= 7
      const count = counts.get(name) ?? 0
      counts.set(name, count + 1)
      // A second one of what there is once says that something is wrong with both.
      return [named(isMany ? `${name}-${count}` : name, entry.words, entry, index)]
    })
    .filter(({ name }) => (counts.get(name) ?? 1) === 1)
}

interface DecodedCel {
  readonly slice: Slice
  readonly records: readonly CelRecord[]
}

/** The binary form. */
export const celTlvFormat: EvidenceFormat<DecodedCel> = {
  id: FORMATS.celTlv,
  message: 'supporting',
  title: `format.${FORMATS.celTlv}`,
  decode(slice) {
    const records = readCelTlv(slice)
    const places = records.map((record, i) => ({
      start: record.start,
      end: record.end,
      words: () => {
        const { type, words } = entryOf(slice, record, i)
        return `${type}: ${words}`
      },
    }))
    return {
      tree: () => recordsNode(slice, 'CEL', places),
      decoded: { slice, records },
      spaces: () => [],
      problems: [],
      inner: [],
      expand: expandRecords(slice, places),
    }
  },
  async derive({ slice, records }) {
    const entries = records.map((record, i) => entryOf(slice, record, i))
    const end = records.at(-1)?.end ?? slice.start
    const isPart = restBehind(slice, records) !== undefined
    return derivedFrom(
      'runtime',
      entries,
      { end: end - slice.start, padding: 0, isPart },
      { values: launched(entries) },
    )
  },
}
