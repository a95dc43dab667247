import type { FieldNode } from '../../core/field.ts'
import { rangeOf, type Slice } from '../../core/place.ts'
import type { EvidenceFormat } from '../../core/scheme.ts'
import { gapNode } from '../../bytes/layout.ts'
import { deriveDstack } from './dstack.ts'
import { FORMATS } from './formats.ts'
import { recordNodes, type RecordPlaces } from './records.ts'
import { readScale, type ScaleEvent, type ScaleParts } from './scale-read.ts'

interface DecodedScale {
  readonly slice: Slice
  readonly parts: ScaleParts | undefined
}

/** A quote with the log that belongs to it, as dstack's services hand both over in one piece. */
export const dstackScaleFormat: EvidenceFormat<DecodedScale> = {
  id: FORMATS.dstackScale,
  message: 'supporting',
  title: `format.${FORMATS.dstackScale}`,
  decode(slice) {
    const parts = readScale(slice)
    return {
      tree: () => treeOf(slice, parts),
      decoded: { slice, parts },
      spaces: () => [],
      problems: [],
      inner: parts ? [{ slice: parts.quote, name: 'quote', origin: 'embedded' }] : [],
      expand: (path, from, to) => {
        if (path === 'events') return recordNodes(slice, placesOf(parts?.events ?? []), from, to)
        if (path !== 'runtimeEvents') return []
        return recordNodes(slice, placesOf(parts?.runtime ?? []), from, to, 'runtimeEvents')
      },
    }
  },
  async derive({ slice, parts }) {
    // A log that left the guest's own events out has them in the second list, in order.
    const boot = parts?.events ?? []
    const own = boot.some(({ event }) => event.imr === 3) ? [] : (parts?.runtime ?? [])
    const all = [...boot, ...own]
    const read = all.map(({ event, start, end }, index) => ({
      event,
      place: {
        path: index < boot.length ? `events[${index}]` : `runtimeEvents[${index - boot.length}]`,
        ranges: [{ space: slice.space, start, end }],
      },
    }))
    const end = (parts?.end ?? slice.start) - slice.start
    return deriveDstack(read, { end, padding: 0, isPart: parts?.isPart ?? false })
  },
}

const placesOf = (list: readonly ScaleEvent[]): RecordPlaces => ({
  count: list.length,
  at(index) {
    const one = list[index]
    return one && { start: one.start, end: one.end, words: one.event.name }
  },
})

function treeOf(slice: Slice, parts: ScaleParts | undefined): FieldNode {
  const leaf = (path: string, start: number, end: number, kind: 'leaf' | 'embedded' = 'leaf'): FieldNode[] =>
    end > start
      ? [
          {
            path,
            label: path,
            kind,
            ranges: [{ space: slice.space, start, end }],
            value: kind === 'embedded' ? { kind: 'none' } : { kind: 'bytes', length: end - start },
            children: [],
            problems: [],
            doc: `field.dstackScale.${path}`,
          },
        ]
      : []
  const list = (path: 'events' | 'runtimeEvents', found: readonly ScaleEvent[]): FieldNode[] => {
    const [first, last] = [found[0], found.at(-1)]
    if (!first || !last) return []
    return [
      {
        path,
        label: path,
        kind: 'array',
        ranges: [{ space: slice.space, start: first.start, end: last.end }],
        value: { kind: 'none' },
        children: [],
        problems: [],
        doc: 'field.log.events',
        count: found.length,
      },
    ]
  }
  const root = (children: readonly FieldNode[]): FieldNode => ({
    path: '',
    label: 'dstack',
    kind: 'struct',
    ranges: [rangeOf(slice)],
    value: { kind: 'none' },
    children,
    problems: [],
  })
  if (!parts) return root([gapNode('rest', 'rest', slice, [], 'field.trailing')])
  const { quote, events, runtime, reportData, config } = parts
  const afterEvents = events.at(-1)?.end ?? parts.eventsAt
  const eventsFrom = events[0]?.start ?? parts.runtimeAt
  const runtimeFrom = runtime[0]?.start ?? reportData?.start ?? parts.end
  return root([
    ...leaf('head', slice.start, slice.start + 2),
    ...leaf('quoteLength', slice.start + 2, quote.start),
    ...leaf('quote', quote.start, quote.end, 'embedded'),
    ...leaf('eventCount', parts.eventsAt, eventsFrom),
    ...list('events', events),
    ...leaf('runtimeCount', Math.max(afterEvents, eventsFrom), runtimeFrom),
    ...list('runtimeEvents', runtime),
    ...(reportData ? leaf('reportData', reportData.start, reportData.end) : []),
    ...(config && reportData
      ? [...leaf('configLength', reportData.end, config.start), ...leaf('config', config.start, config.end)]
      : []),
    ...tail(slice, config?.end ?? reportData?.end ?? Math.max(runtime.at(-1)?.end ?? 0, runtimeFrom)),
  ])
}

const tail = (slice: Slice, from: number): FieldNode[] =>
  from < slice.end ? [gapNode('rest', 'rest', { ...slice, start: from }, [], 'field.trailing')] : []
