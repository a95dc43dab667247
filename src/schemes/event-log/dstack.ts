import type { NamedValue } from '../../core/derived.ts'
import type { Slice } from '../../core/place.ts'
import { say } from '../../core/saying.ts'
import type { EvidenceFormat } from '../../core/scheme.ts'
import { fromHex, sameBytes, toHex } from '../../bytes/layout.ts'
import { joinBytes } from '../../bytes/join.ts'
import { member, textOf, type JsonValue } from '../../bytes/json.ts'
import { hashNow } from '../../crypto/hash.ts'
import { coverageOf } from './coverage.ts'
import { typeName } from './event-types.ts'
import { FORMATS } from './formats.ts'
import { readRecords, type JsonRecords } from './json-records.ts'
import { named, type Entry } from './model.ts'
import { derivedFrom } from './replay.ts'
import { wordsOf } from './words.ts'

/** dstack's log: boot events as the firmware logged them, and runtime events whose digest is recomputed and never believed. */

const RUNTIME = 0x08000001
const ENCODER = new TextEncoder()
const UTF8 = new TextDecoder()

export interface DstackEvent {
  readonly imr: number
  readonly type: number
  readonly digest: Uint8Array
  readonly name: string
  readonly payload: Uint8Array | undefined
  readonly version: number
}

/** Names that the system writes, in the order of booting. Anything behind `system-ready` is the application's, by whatever name. */
const SYSTEM = [
  'app-id',
  'compose-hash',
  'init-script-hash',
  'gpu-policy-hash',
  'gpu-attestation',
  'instance-id',
  'mr-kms',
  'os-image-hash',
  'key-provider',
  'storage-fs',
] as const
/** Most characters of a payload that stand among the words. */
const PAYLOAD_SHOWN = 400
const AS_TEXT: readonly string[] = ['key-provider', 'storage-fs']

/** digest = SHA-384(type ‖ ":" ‖ event ‖ ":" ‖ payload); version 2 hashes a JSON text. */
export function runtimeDigest({ type, name, payload, version }: DstackEvent): Uint8Array | undefined {
  if (!payload) return undefined
  if (version === 2) return hashNow('sha384', ENCODER.encode(JSON.stringify({ name, payload: toHex(payload), type })))
  const head = Uint8Array.from([type, type >>> 8, type >>> 16, type >>> 24])
  return hashNow('sha384', joinBytes([head, ENCODER.encode(`:${name}:`)]), payload)
}

/** Entries from events, wherever they were read. */
export function dstackEntries(
  events: readonly DstackEvent[],
  rangesOf: (index: number) => Pick<Entry, 'path' | 'ranges'>,
): readonly Entry[] {
  return events.map((event, index): Entry => {
    const place = rangesOf(index)
    const isRuntime = event.type === RUNTIME && event.imr === 3
    const made = isRuntime ? runtimeDigest(event) : undefined
    const isCarried = event.digest.length === 48
    const agrees = made !== undefined && (event.digest.length === 0 || sameBytes(made, event.digest))
    const value = made ?? (isCarried ? event.digest : undefined)
    const said = isRuntime || !event.payload || !isCarried ? undefined : bootEvent(event, event.payload)
    const isWhole = isRuntime ? agrees : said?.covered === 'whole'
    const words = isRuntime ? `${event.name}: ${shown(event, PAYLOAD_SHOWN)}` : (said?.words ?? event.name)
    return {
      ...place,
      register: event.type === 3 ? '' : `RTMR${event.imr}`,
      type: typeName(event.type),
      words,
      covered: event.type === 3 ? 'not-extended' : isWhole ? 'whole' : said?.covered === 'part' ? 'part' : 'none',
      coveredRanges: isWhole || said?.covered === 'part' ? place.ranges : [],
      digests: value ? [{ hash: 'sha384', value }] : [],
      extends: event.type !== 3,
      ...(isRuntime && !agrees ? { isOdd: say('log.odd.digest') } : {}),
    }
  })
}

/** A boot event carries what the firmware logged: read by its type, and covered as far as its digest covers it. */
function bootEvent({ type, digest, name }: DstackEvent, payload: Uint8Array) {
  const event = {
    start: 0,
    end: payload.length,
    register: 0,
    type,
    digests: [{ hash: 'sha384' as const, value: digest }],
    dataStart: 0,
  }
  const words = wordsOf({ space: '', bytes: payload, start: 0, end: payload.length }, event)
  return { covered: coverageOf(payload, event).covered, words: words === '' ? name : words }
}

/** `most` characters of hex, where not all of them are wanted. */
function shown({ name, payload }: DstackEvent, most = Infinity): string {
  if (!payload) return ''
  return AS_TEXT.includes(name) ? UTF8.decode(payload) : toHex(payload.subarray(0, most / 2))
}

/** The first of each of the system's names, before the application may write. */
export function dstackValues(events: readonly DstackEvent[], entries: readonly Entry[]): NamedValue[] {
  const at = (name: string) =>
    events.findIndex((event) => event.imr === 3 && event.type === RUNTIME && event.name === name)
  const [ready, done] = [at('system-ready'), at('boot-mr-done')]
  const stop = ready >= 0 ? ready : done
  return SYSTEM.flatMap((name) => {
    const index = at(name)
    const [event, entry] = [events[index], entries[index]]
    return event && entry && index < stop && entry.covered === 'whole' ? [named(name, shown(event), entry, index)] : []
  })
}

function eventIn(value: JsonValue): DstackEvent | undefined {
  const number = (name: string) => {
    const found = member(value, name)
    return found?.kind === 'number' ? Number(found.text) : undefined
  }
  const [imr, type] = [number('imr'), number('event_type')]
  const digest = fromHex(textOf(member(value, 'digest')) ?? '-')
  if (imr === undefined || type === undefined || !digest || !(imr >= 0 && imr <= 3)) return undefined
  return {
    imr,
    type: type >>> 0,
    digest,
    name: textOf(member(value, 'event')) ?? '',
    payload: fromHex(textOf(member(value, 'event_payload')) ?? '-'),
    version: number('version') ?? 1,
  }
}

interface DecodedDstack {
  readonly slice: Slice
  readonly records: JsonRecords
}

/** The log as a JSON array. */
export const dstackJsonFormat: EvidenceFormat<DecodedDstack> = {
  id: FORMATS.dstackJson,
  message: 'supporting',
  title: `format.${FORMATS.dstackJson}`,
  decode(slice) {
    const records = readRecords(slice)
    const { tree, problems, expand } = records
    return { tree, decoded: { slice, records }, spaces: () => [], problems, inner: [], expand }
  },
  async derive({ slice, records: { items, end, isPart } }) {
    const read = items.flatMap((place) => {
      const event = eventIn(place)
      return event ? [{ event, place }] : []
    })
    const events = read.map(({ event }) => event)
    const entries = dstackEntries(events, (index) => {
      const range = read[index]?.place.range
      return { path: `[${index}]`, ranges: range ? [range] : [] }
    })
    return derivedFrom(
      'firmware',
      entries,
      { end: end - slice.start, padding: 0, isPart },
      { values: dstackValues(events, entries) },
    )
  },
}
