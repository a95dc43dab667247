import type { Slice } from '../../core/place.ts'
import { Cursor } from './cursor.ts'
import type { DstackEvent } from './dstack.ts'

/** dstack's `VersionedAttestation` of a trust domain in SCALE: Dstack-TEE/dstack@312dc60, dstack-attest/src/attestation.rs. */

const RUNTIME = 0x08000001
/** Most events of either list. */
const MOST = 20_000

export interface ScaleEvent {
  readonly start: number
  readonly end: number
  readonly event: DstackEvent
}

/** Parts in their order; each is undefined where the bytes end before it. */
export interface ScaleParts {
  readonly quote: Slice
  /** Behind the length of the quote, where the list begins: its count stands there. */
  readonly eventsAt: number
  readonly events: readonly ScaleEvent[]
  /** The events that the guest wrote by itself, as they were before a digest was made of them. */
  readonly runtimeAt: number
  readonly runtime: readonly ScaleEvent[]
  /** 64 bytes of report data, and the configuration's text; undefined where they are not whole. */
  readonly reportData: Slice | undefined
  readonly config: Slice | undefined
  /** True where a list has more events than were read. */
  readonly isPart: boolean
  /** Just behind what was read. */
  readonly end: number
}

/** A compact number: the two low bits of the first byte say how many bytes it takes. Longer ones than four bytes are no length. */
function compact(cursor: Cursor): number {
  const first = cursor.slice.bytes[cursor.at] ?? 0
  const width = ([1, 2, 4] as const)[first & 3]
  if (width === undefined) {
    cursor.short = true
    return 0
  }
  return Math.floor(cursor.le(width) / 4)
}

const TEXT = new TextDecoder()
const sized = (cursor: Cursor) => cursor.take(compact(cursor))

function bootEvent(cursor: Cursor): DstackEvent {
  return {
    imr: cursor.le(4),
    type: cursor.le(4),
    digest: sized(cursor),
    name: TEXT.decode(sized(cursor)),
    payload: sized(cursor),
    version: 1,
  }
}

function runtimeEvent(cursor: Cursor): DstackEvent {
  return {
    imr: 3,
    type: RUNTIME,
    digest: new Uint8Array(),
    name: TEXT.decode(sized(cursor)),
    payload: sized(cursor),
    version: 1,
  }
}

function listOf(cursor: Cursor, read: (cursor: Cursor) => DstackEvent) {
  const count = compact(cursor)
  const found: ScaleEvent[] = []
  while (found.length < count && found.length < MOST && !cursor.short) {
    const start = cursor.at
    const event = read(cursor)
    if (!cursor.short) found.push({ start, end: cursor.at, event })
  }
  return { found, isPart: found.length < count }
}

/** Undefined where not even the quote is whole. */
export function readScale(slice: Slice): ScaleParts | undefined {
  const cursor = new Cursor(slice)
  cursor.skip(2)
  const length = compact(cursor)
  const from = cursor.skip(length)
  if (from === undefined || length < 48) return undefined
  const eventsAt = cursor.at
  const { found: events, isPart: isBootPart } = listOf(cursor, bootEvent)
  const afterEvents = cursor.short ? (events.at(-1)?.end ?? eventsAt) : cursor.at
  const { found: runtime, isPart: isRuntimePart } = listOf(cursor, runtimeEvent)
  const data = cursor.skip(64)
  const size = compact(cursor)
  const text = cursor.skip(size)
  return {
    quote: { ...slice, start: from, end: from + length },
    eventsAt,
    events,
    runtimeAt: afterEvents,
    runtime,
    reportData: data === undefined ? undefined : { ...slice, start: data, end: data + 64 },
    config: text === undefined ? undefined : { ...slice, start: text, end: text + size },
    isPart: isBootPart || isRuntimePart,
    end: cursor.short ? (runtime.at(-1)?.end ?? afterEvents) : cursor.at,
  }
}

/** Versions of quotes, and the mark of a trust domain's. */
export function isScale(slice: Slice): boolean {
  const parts = readScale(slice)
  if (!parts) return false
  const { bytes, start } = parts.quote
  const isQuote = ((bytes[start] ?? 0) === 4 || (bytes[start] ?? 0) === 5) && bytes[start + 1] === 0
  return isQuote && bytes[start + 4] === 0x81 && parts.events.every(({ event }) => event.imr <= 3)
}
