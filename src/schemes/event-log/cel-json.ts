import type { Derived, HashLabel } from '../../core/derived.ts'
import type { Slice } from '../../core/place.ts'
import type { EvidenceFormat } from '../../core/scheme.ts'
import { fromHex } from '../../bytes/layout.ts'
import { member, parseJson, textOf, type JsonValue } from '../../bytes/json.ts'
import { celEntry } from './cel-entry.ts'
import { typeNumberOf } from './event-types.ts'
import { FORMATS } from './formats.ts'
import type { Entry } from './model.ts'
import { readRecords, type JsonRecords } from './json-records.ts'
import { endOf, Ends, eventPlaces, expandRecords, recordsNode } from './records.ts'
import { derivedFrom } from './replay.ts'
import { EVENT_LIMIT, type Digest } from './tcg.ts'

/** Canonical event logs as JSON: an array (tpm2-tss), or one text after another as systemd appends them (RFC 7464). */

const LABELS: readonly HashLabel[] = ['sha1', 'sha256', 'sha384', 'sha512', 'sm3']

function digestsIn(value: JsonValue | undefined): Digest[] {
  if (value?.kind !== 'array') return []
  return value.items.flatMap((item) => {
    const name = textOf(member(item, 'hashAlg'))?.toLowerCase().replace(/[-_]/g, '').replace('sm3256', 'sm3')
    const hash = LABELS.find((label) => label === name)
    const digest = fromHex(textOf(member(item, 'digest')) ?? '-')
    return hash && digest ? [{ hash, value: digest }] : []
  })
}

const numberIn = (value: JsonValue | undefined): number | undefined =>
  value?.kind === 'number' ? Number(value.text) : undefined

function registerIn(value: JsonValue): string {
  const pcr = numberIn(member(value, 'pcr'))
  const nv = numberIn(member(value, 'nv_index'))
  return pcr !== undefined ? `PCR${pcr}` : nv !== undefined ? `NV${nv.toString(16)}` : ''
}

function typeIn(value: JsonValue | undefined): number {
  const number = numberIn(value)
  if (number !== undefined) return number >>> 0
  return typeNumberOf(textOf(value) ?? '')
}

const entryOf = (value: JsonValue, place: Pick<Entry, 'path' | 'ranges'>): Entry => {
  const content = member(value, 'content')
  const hex = textOf(member(content, 'event_data')) ?? textOf(member(content, 'template_data'))
  const type = member(content, 'event_type')
  return celEntry(place, {
    register: registerIn(value),
    digests: digestsIn(member(value, 'digests')),
    contentType: textOf(member(value, 'content_type')) ?? '',
    typeNumber: type ? typeIn(type) : undefined,
    typeText: textOf(member(content, 'eventType')) ?? textOf(member(content, 'template_name')),
    text: textOf(member(content, 'string')),
    data: fromHex(hex ?? '-'),
  })
}

/** systemd's own log: each record behind a separator, or a line. */
export const systemdFormat: EvidenceFormat<Derived> = {
  id: FORMATS.systemd,
  message: 'supporting',
  title: `format.${FORMATS.systemd}`,
  decode(slice) {
    const ends = new Ends(slice)
    const derived = derivedFrom('runtime', systemdEntries(ends), () => endOf(ends))
    const places = eventPlaces(ends, derived.events)
    return {
      tree: () => recordsNode(slice, 'systemd measurements', places),
      decoded: derived,
      spaces: () => [],
      problems: [],
      inner: [],
      expand: expandRecords(slice, places),
    }
  },
  derive: async (derived) => derived,
}

function* systemdEntries(ends: Ends): Generator<Entry> {
  const { slice } = ends
  for (let at = slice.start; at < slice.end && ends.count < EVENT_LIMIT;) {
    const from = slice.bytes[at] === 0x1e ? at + 1 : at
    const next = slice.bytes.indexOf(0x0a, from)
    const end = next < 0 || next >= slice.end ? slice.end : next + 1
    const { value } = parseJson({ ...slice, start: from, end })
    if (!value) break
    yield entryOf(value, { path: `events[${ends.count}]`, ranges: [{ space: slice.space, start: at, end }] })
    ends.put(end)
    at = end
  }
}

interface DecodedCelJson {
  readonly slice: Slice
  readonly records: JsonRecords
}

/** The log as one JSON array. */
export const celJsonFormat: EvidenceFormat<DecodedCelJson> = {
  id: FORMATS.celJson,
  message: 'supporting',
  title: `format.${FORMATS.celJson}`,
  decode(slice) {
    const records = readRecords(slice)
    const { tree, problems, expand } = records
    return { tree, decoded: { slice, records }, spaces: () => [], problems, inner: [], expand }
  },
  async derive({ slice, records: { items, end, isPart } }) {
    return derivedFrom('firmware', celEntries(items), () => ({ end: end - slice.start, padding: 0, isPart }))
  },
}

function* celEntries(items: readonly JsonValue[]): Generator<Entry> {
  for (const [i, value] of items.entries()) yield entryOf(value, { path: `[${i}]`, ranges: [value.range] })
}
