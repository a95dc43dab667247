import { ARRAY_WINDOW, type FieldNode, type Problem } from '../../core/field.ts'
import { rangeOf, type Slice } from '../../core/place.ts'
import { say } from '../../core/saying.ts'
import { gapNode, hexOffset } from '../../bytes/layout.ts'
import { EVENT_LIMIT } from './tcg.ts'

/** A record of a log without a tree of its own: a line, a TLV. */
export interface RecordPlace {
  readonly start: number
  readonly end: number
  /** What stands beside it: made only of those that are shown. */
  readonly words: string | (() => string)
}

/** What is said of the rest of a log that has more events than are read. */
export const tooMany = (rest: Slice): Problem[] => [
  { because: say('log.stopped.too-many', { at: hexOffset(rest.start), event: EVENT_LIMIT }), range: rangeOf(rest) },
]

/** Of a log of records: the rest of it where only their number stopped the reading. */
export function restBehind(slice: Slice, records: readonly { readonly end: number }[]): Slice | undefined {
  const end = records.at(-1)?.end ?? slice.start
  return records.length >= EVENT_LIMIT && end < slice.end ? { ...slice, start: end } : undefined
}

/** Records one after another, and what lies behind the last of them. Records touch each other. */
export function recordsNode(slice: Slice, label: string, records: readonly RecordPlace[]): FieldNode {
  const end = records.at(-1)?.end ?? slice.start
  const rest = restBehind(slice, records)
  const isOpen = records.length <= ARRAY_WINDOW
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
              children: isOpen ? recordNodes(slice, records, 0, records.length) : [],
              problems: [],
              doc: 'field.log.events',
              ...(isOpen ? {} : { count: records.length }),
            },
          ]
        : []),
      ...(end < slice.end
        ? [gapNode('rest', 'rest', { ...slice, start: end }, rest ? tooMany(rest) : [], 'field.trailing')]
        : []),
    ],
  }
}

/** Records `from..to`. */
export function recordNodes(
  slice: Slice,
  records: readonly RecordPlace[],
  from: number,
  to: number,
  list = 'events',
): FieldNode[] {
  const first = Math.max(0, from)
  return records.slice(first, to).map(({ start, end, words }, i) => ({
    path: `${list}[${first + i}]`,
    label: `[${first + i}]`,
    kind: 'leaf',
    ranges: [{ space: slice.space, start, end }],
    value: { kind: 'text', text: (typeof words === 'string' ? words : words()).slice(0, 400) },
    children: [],
    problems: [],
    doc: 'field.log.event',
  }))
}

/** A decoded log of records. */
export const expandRecords =
  (slice: Slice, records: readonly RecordPlace[]) => (path: string, from: number, to: number) =>
    path === 'events' ? recordNodes(slice, records, from, to) : []
