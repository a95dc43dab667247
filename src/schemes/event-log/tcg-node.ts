import { ARRAY_WINDOW, type FieldNode, type Problem } from '../../core/field.ts'
import { rangeOf, type Slice } from '../../core/place.ts'
import { say, type Saying } from '../../core/saying.ts'
import { gapNode, hexOffset, readWhole, type Layout } from '../../bytes/layout.ts'
import * as layouts from './layout.ts'
import { sipaNode } from './sipa.ts'
import { EV_NO_ACTION, startsWith, type TcgEvent, type TcgLog } from './tcg.ts'
import { textIn, wordsOf } from './words.ts'

/** Types in which Windows writes records of its own. */
const WITH_SIPA: readonly number[] = [EV_NO_ACTION, 0x6, 0xc]

/** The tree of a TCG log: one struct for each event, its data opened where its layout is known. */

/** Elements `from..to` of the events. */
export function eventNodes(log: TcgLog, from: number, to: number): readonly FieldNode[] {
  return log.events.slice(Math.max(0, from), to).map((event, i) => eventNode(log, event, Math.max(0, from) + i))
}

export function logNode(log: TcgLog, label: string): FieldNode {
  const { slice, events, end, padding } = log
  const isOpen = events.length <= ARRAY_WINDOW
  const list: FieldNode = {
    path: 'events',
    label: 'events',
    kind: 'array',
    ranges: [{ space: slice.space, start: slice.start, end }],
    value: { kind: 'none' },
    children: isOpen ? eventNodes(log, 0, events.length) : [],
    problems: [],
    doc: 'field.log.events',
    ...(isOpen ? {} : { count: events.length }),
  }
  const rest: Slice = { ...slice, start: end }
  const children = [
    ...(end > slice.start ? [list] : []),
    ...(end === slice.end
      ? []
      : padding > 0
        ? [
            {
              ...gapNode('padding', 'padding', rest, [], 'field.log.padding'),
              kind: 'leaf' as const,
            },
          ]
        : [gapNode('rest', 'rest', rest, stopProblems(log), 'field.trailing')]),
  ]
  return {
    path: '',
    label,
    kind: 'struct',
    ranges: [rangeOf(slice)],
    value: { kind: 'none' },
    children,
    problems: [],
  }
}

/** Why reading stopped, at the bytes behind the last whole event. */
export function stopProblems(log: TcgLog): Problem[] {
  if (log.stopped === undefined) return []
  const params = { at: hexOffset(log.end), event: log.events.length }
  const because: Record<NonNullable<TcgLog['stopped']>, Saying> = {
    short: say('log.stopped.short', params),
    count: say('log.stopped.count', params),
    algorithm: say('log.stopped.algorithm', params),
    'too-many': say('log.stopped.too-many', params),
  }
  return [{ because: because[log.stopped], range: { space: log.slice.space, start: log.end, end: log.slice.end } }]
}

function eventNode(log: TcgLog, event: TcgEvent, index: number): FieldNode {
  const path = `events[${index}]`
  const own: Slice = { ...log.slice, start: event.start, end: event.end }
  const head = { ...own, end: event.dataStart }
  const isHeader = index === 0 && log.form === 'tcg2'
  const sizes = new Map(log.banks.map((bank) => [bank.id, bank.size]))
  const layout = isHeader || log.form === 'tcg12' ? layouts.oldEventLayout : layouts.newEventLayout(sizes)
  const { node } = layout.read(head, path, `[${index}]`)
  const data: Slice = { ...own, start: event.dataStart }
  return {
    ...node,
    ranges: [rangeOf(own)],
    value: { kind: 'text', text: wordsOf(log.slice, event).slice(0, 200) },
    doc: 'field.log.event',
    children: [...node.children, ...(data.end > data.start ? [dataNode(data, `${path}.event`, event)] : [])],
  }
}

/** Elements of a list inside an event's data, which is read again for them. */
export function insideNodes(log: TcgLog, path: string, from: number, to: number): readonly FieldNode[] {
  const found = /^events\[(\d+)\]\.event/.exec(path)
  const event = log.events[Number(found?.[1] ?? -1)]
  if (!found || !event) return []
  const data: Slice = { ...log.slice, start: event.dataStart, end: event.end }
  const layout = layoutOf(data, event)
  return (layout && readWhole(layout, data, found[0], 'event').expand?.(path, from, to)) ?? []
}

/** An event's data by its type; bytes, or text, where no layout fits. */
function dataNode(data: Slice, path: string, event: TcgEvent): FieldNode {
  if (WITH_SIPA.includes(event.type)) {
    const records = sipaNode(data, path)
    if (records) return { ...records, doc: 'field.log.data' }
  }
  const layout = layoutOf(data, event)
  if (layout) {
    const reading = readWhole(layout, data, path, 'event')
    if (reading.value !== undefined) return { ...reading.node, doc: 'field.log.data' }
  }
  const bytes = data.bytes.subarray(data.start, data.end)
  const text = textIn(bytes)
  return {
    path,
    label: 'event',
    kind: 'leaf',
    ranges: [rangeOf(data)],
    value: text === undefined ? { kind: 'bytes', length: bytes.length } : { kind: 'text', text },
    children: [],
    problems: [],
    doc: 'field.log.data',
  }
}

function layoutOf(data: Slice, { type }: TcgEvent): Layout<unknown> | undefined {
  switch (type) {
    case EV_NO_ACTION:
      return startsWith(data, data.start, 'Spec ID Event03')
        ? layouts.specId
        : startsWith(data, data.start, 'StartupLocality')
          ? layouts.startupLocality
          : undefined
    case 0x6:
      return layouts.taggedEvent
    case 0x80000001:
    case 0x80000002:
    case 0x8000000c:
      return layouts.variable
    case 0x800000e0:
      return layouts.authority
    case 0x80000003:
    case 0x80000004:
    case 0x80000005:
      return layouts.imageLoad
    case 0x80000006:
      return layouts.gptData
    case 0x80000008:
      return data.end - data.start === 16 ? layouts.firmwareBlob : undefined
    case 0x80000009:
      return layouts.handoffTables
    case 0x8000000a:
      return layouts.firmwareBlob2
    case 0x8000000b:
      return layouts.handoffTables2
    default:
      return undefined
  }
}
