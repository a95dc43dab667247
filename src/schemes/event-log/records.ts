import { ARRAY_WINDOW, type FieldNode, type Problem } from '../../core/field.ts'
import type { DerivedEvent, Events, LogSummary } from '../../core/derived.ts'
import { eventAt } from '../../core/events.ts'
import { rangeOf, type Slice } from '../../core/place.ts'
import { say } from '../../core/saying.ts'
import { gapNode, hexOffset } from '../../bytes/layout.ts'
import { EVENT_LIMIT } from './tcg.ts'

/** Records of a log without a tree of their own, lines or TLVs: where each of them is, and what stands beside it. */
export interface RecordPlaces {
  readonly count: number
  at(index: number): { readonly start: number; readonly end: number; readonly words: string } | undefined
}

/** Where records end that touch each other. */
export class Ends {
  readonly slice: Slice
  #ends = new Uint32Array(256)
  #count = 0

  constructor(slice: Slice) {
    this.slice = slice
  }

  get count(): number {
    return this.#count
  }

  /** Behind the last of them. */
  get last(): number {
    return this.endOf(this.#count - 1)
  }

  endOf(index: number): number {
    return index < 0 ? this.slice.start : (this.#ends[index] ?? this.slice.start)
  }

  put(end: number): void {
    if (this.#count === this.#ends.length) {
      const grown = new Uint32Array(2 * this.#count)
      grown.set(this.#ends)
      this.#ends = grown
    }
    this.#ends[this.#count++] = end
  }
}

/** Records that are the events of a log, one for one. */
export function eventPlaces(ends: Ends, events: Events, wordsOf = ({ words }: DerivedEvent) => words): RecordPlaces {
  return {
    count: ends.count,
    at(index) {
      const event = eventAt(events, index)
      return event && { start: ends.endOf(index - 1), end: ends.endOf(index), words: wordsOf(event) }
    },
  }
}

/** What is said of the rest of a log that has more events than are read. */
export const tooMany = (rest: Slice): Problem[] => [
  { because: say('log.stopped.too-many', { at: hexOffset(rest.start), event: EVENT_LIMIT }), range: rangeOf(rest) },
]

/** True for a log of records of which only their number stopped the reading. */
const isCut = ({ count, last, slice }: Ends): boolean => count >= EVENT_LIMIT && last < slice.end

/** Where such a log ends, and why. */
export const endOf = (ends: Ends): Pick<LogSummary, 'end' | 'padding' | 'isPart' | 'breaksOff'> => ({
  end: ends.last - ends.slice.start,
  padding: 0,
  isPart: isCut(ends),
  ...(ends.last < ends.slice.end && !isCut(ends) ? { breaksOff: true } : {}),
})

/** Records one after another, and what lies behind the last of them. Records touch each other. */
export function recordsNode(slice: Slice, label: string, records: RecordPlaces): FieldNode {
  const { count } = records
  const end = records.at(count - 1)?.end ?? slice.start
  const rest: Slice = { ...slice, start: end }
  const isOpen = count <= ARRAY_WINDOW
  return {
    path: '',
    label,
    kind: 'struct',
    ranges: [rangeOf(slice)],
    value: { kind: 'none' },
    problems: [],
    children: [
      ...(end > slice.start
        ? [
            {
              path: 'events',
              label: 'events',
              kind: 'array' as const,
              ranges: [{ space: slice.space, start: slice.start, end }],
              value: { kind: 'none' as const },
              children: isOpen ? recordNodes(slice, records, 0, count) : [],
              problems: [],
              doc: 'field.log.events',
              ...(isOpen ? {} : { count }),
            },
          ]
        : []),
      ...(end < slice.end
        ? [gapNode('rest', 'rest', rest, count >= EVENT_LIMIT ? tooMany(rest) : [], 'field.trailing')]
        : []),
    ],
  }
}

/** Records `from..to`. */
export function recordNodes(
  slice: Slice,
  records: RecordPlaces,
  from: number,
  to: number,
  list = 'events',
): FieldNode[] {
  const nodes: FieldNode[] = []
  for (let i = Math.max(0, from); i < Math.min(to, records.count); i++) {
    const place = records.at(i)
    if (!place) break
    nodes.push({
      path: `${list}[${i}]`,
      label: `[${i}]`,
      kind: 'leaf',
      ranges: [{ space: slice.space, start: place.start, end: place.end }],
      value: { kind: 'text', text: place.words.slice(0, 400) },
      children: [],
      problems: [],
      doc: 'field.log.event',
    })
  }
  return nodes
}

/** A decoded log of records. */
export const expandRecords = (slice: Slice, records: RecordPlaces) => (path: string, from: number, to: number) =>
  path === 'events' ? recordNodes(slice, records, from, to) : []
