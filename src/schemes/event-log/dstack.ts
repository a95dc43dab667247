import type { Derived, LogSummary } from '../../core/derived.ts'
import { eventAt } from '../../core/events.ts'
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
/** Those, and behind which of them the application begins. */
const MARKED: readonly string[] = [...SYSTEM, 'system-ready', 'boot-mr-done']
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

/** An event with its place. */
export interface PlacedEvent {
  readonly event: DstackEvent
  readonly place: Pick<Entry, 'path' | 'ranges'>
}

/** What follows from events, wherever they were read. */
export function deriveDstack(
  read: Iterable<PlacedEvent>,
  place: Pick<LogSummary, 'end' | 'padding' | 'isPart'>,
): Derived {
  const first = new Map<string, { readonly event: DstackEvent; readonly index: number }>()
  // The mark itself may stand there, hidden under another name: from here on everything may be the application's.
  let hidden = Infinity
  function* entries(): Generator<Entry> {
    let index = 0
    for (const one of read) {
      const { imr, type, name } = one.event
      if (imr === 3 && type === RUNTIME && MARKED.includes(name) && !first.has(name))
        first.set(name, { event: one.event, index })
      const entry = entryOf(one)
      const isNamed = type === RUNTIME && entry.covered === 'whole'
      if (imr === 3 && entry.extends && !isNamed) hidden = Math.min(hidden, index)
      yield entry
      index++
    }
  }
  return derivedFrom('firmware', entries(), (events) => {
    // Before the application may write.
    const stop = Math.min(hidden, (first.get('system-ready') ?? first.get('boot-mr-done'))?.index ?? -1)
    const values = SYSTEM.flatMap((name) => {
      const said = first.get(name)
      const entry = said && said.index < stop ? eventAt(events, said.index) : undefined
      return said && entry?.covered === 'whole' ? [named(name, shown(said.event), entry, said.index)] : []
    })
    return { ...place, values }
  })
}

function entryOf({ event, place }: PlacedEvent): Entry {
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
    return deriveDstack(placedIn(items), { end: end - slice.start, padding: 0, isPart })
  },
}

function* placedIn(items: readonly JsonValue[]): Generator<PlacedEvent> {
  let index = 0
  for (const item of items) {
    const event = eventIn(item)
    if (event) yield { event, place: { path: `[${index++}]`, ranges: [item.range] } }
  }
}
