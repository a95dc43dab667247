import type { HashLabel } from '../../core/derived.ts'
import type { Slice } from '../../core/place.ts'
import { tightHash } from '../../crypto/tight-hash.ts'
import { Cursor } from './cursor.ts'

/** Logs of the TCG: "PC Client Platform Firmware Profile" 10.2 (TCG 1.2 form) and 10.4 (crypto-agile). */

/** Algorithm numbers of the TPM library that logs use. */
export const ALGORITHM: Readonly<Record<number, HashLabel>> = {
  0x04: 'sha1',
  0x0b: 'sha256',
  0x0c: 'sha384',
  0x0d: 'sha512',
  0x12: 'sm3',
}

export const EV_NO_ACTION = 3
export const EV_SEPARATOR = 4

export interface Digest {
  readonly hash: HashLabel
  readonly value: Uint8Array
}

export interface TcgEvent {
  /** Whole event. */
  readonly start: number
  readonly end: number
  readonly register: number
  readonly type: number
  readonly digests: readonly Digest[]
  readonly dataStart: number
  /** Whether each digest is that of these bytes of the log, where that can be told without cutting the digests out. */
  isOf?(from: number, to: number): boolean
}

/** An algorithm that the header lists, with the size that it gives. */
export interface Bank {
  readonly id: number
  readonly size: number
}

export interface TcgLog {
  readonly slice: Slice
  readonly form: 'tcg12' | 'tcg2'
  readonly banks: readonly Bank[]
  readonly events: readonly TcgEvent[]
  /** Just behind the last whole event. */
  readonly end: number
  /** Where the rest is all 00 or all ff. */
  readonly padding: number
  /** Why reading stopped before the end. */
  readonly stopped: 'short' | 'count' | 'algorithm' | 'too-many' | undefined
  readonly isCc: boolean
}

/** Most events of one log. */
export const EVENT_LIMIT = 100_000
const MOST_BANKS = 16
const SPEC_ID = 'Spec ID Event03\0'

/** Where the run of 00 or ff at the end begins. */
function tailOf({ bytes, start, end }: Slice): number {
  const last = bytes[end - 1]
  if (last !== 0 && last !== 0xff) return end
  let at = end
  while (at > start && bytes[at - 1] === last) at--
  return at
}

export function startsWith({ bytes, end }: Slice, at: number, text: string): boolean {
  if (at + text.length > end) return false
  for (let i = 0; i < text.length; i++) if (bytes[at + i] !== text.charCodeAt(i)) return false
  return true
}

function firstEvent(slice: Slice): TcgEvent | undefined {
  return oldEvent(new Cursor(slice))
}

function oldEvent(cursor: Cursor): TcgEvent | undefined {
  const start = cursor.at
  const register = cursor.le(4)
  const type = cursor.le(4)
  const value = cursor.take(20)
  const size = cursor.le(4)
  const dataStart = cursor.at
  cursor.skip(size)
  return cursor.short
    ? undefined
    : { start, end: cursor.at, register, type, digests: [{ hash: 'sha1', value }], dataStart }
}

/** The header of a crypto-agile log; undefined where the log does not begin with one. */
function headerOf(slice: Slice): { readonly event: TcgEvent; readonly banks: readonly Bank[] } | undefined {
  const event = firstEvent(slice)
  if (!event || event.type !== EV_NO_ACTION || !startsWith({ ...slice, end: event.end }, event.dataStart, SPEC_ID))
    return undefined
  const cursor = new Cursor({ ...slice, end: event.end }, event.dataStart)
  cursor.skip(SPEC_ID.length)
  cursor.le(4)
  cursor.le(4)
  const count = cursor.le(4)
  const banks: Bank[] = []
  if (count <= MOST_BANKS) for (let i = 0; i < count; i++) banks.push({ id: cursor.le(2), size: cursor.le(2) })
  return { event, banks: cursor.short ? [] : banks }
}

/** Reads a log as far as it makes sense; `limit` events at most, for those who only look. */
export function readTcg(slice: Slice, limit = EVENT_LIMIT): TcgLog {
  const header = headerOf(slice)
  const sizes = new Map(header?.banks.map((bank) => [bank.id, bank.size]))
  const tail = tailOf(slice)
  const events: TcgEvent[] = header ? [header.event] : []
  let end = header?.event.end ?? slice.start
  let stopped: TcgLog['stopped']
  const cursor = new Cursor(slice, end)
  // A log may end in zeros of its own: only what lies behind a whole event is padding.
  while (end < slice.end && !(end >= tail && events.length > 0)) {
    if (events.length >= limit) {
      stopped = 'too-many'
      break
    }
    const event = header ? newEvent(cursor, sizes) : oldEvent(cursor)
    if (!event || typeof event === 'string') {
      stopped = event ?? 'short'
      break
    }
    events.push(event)
    end = event.end
  }
  const banks = header?.banks ?? [{ id: 4, size: 20 }]
  return {
    slice,
    form: header ? 'tcg2' : 'tcg12',
    banks,
    events,
    end,
    padding: stopped === undefined ? slice.end - end : 0,
    stopped,
    isCc: header !== undefined && looksLikeCc(slice, banks, events),
  }
}

function newEvent(cursor: Cursor, sizes: ReadonlyMap<number, number>): TcgEvent | 'count' | 'algorithm' | undefined {
  const start = cursor.at
  const register = cursor.le(4)
  const type = cursor.le(4)
  const count = cursor.le(4)
  if (cursor.short) return undefined
  if (count > sizes.size) return 'count'
  for (let i = 0; i < count; i++) {
    const size = sizes.get(cursor.le(2))
    if (cursor.short) return undefined
    if (size === undefined) return 'algorithm'
    cursor.skip(size)
  }
  const length = cursor.le(4)
  const dataStart = cursor.at
  cursor.skip(length)
  return cursor.short
    ? undefined
    : new AgileEvent(cursor.slice.bytes, start, cursor.at, register, type, dataStart, sizes)
}

/** An event of a crypto-agile log. Its digests are cut out when they are asked for: kept, they would be most of what a long log takes. */
class AgileEvent implements TcgEvent {
  readonly start: number
  readonly end: number
  readonly register: number
  readonly type: number
  readonly dataStart: number
  readonly #bytes: Uint8Array
  readonly #sizes: ReadonlyMap<number, number>

  constructor(
    bytes: Uint8Array,
    start: number,
    end: number,
    register: number,
    type: number,
    dataStart: number,
    sizes: ReadonlyMap<number, number>,
  ) {
    this.start = start
    this.end = end
    this.register = register
    this.type = type
    this.dataStart = dataStart
    this.#bytes = bytes
    this.#sizes = sizes
  }

  get digests(): readonly Digest[] {
    const found: Digest[] = []
    // Behind them stands the length of the data.
    for (let at = this.start + AGILE_HEAD; at < this.dataStart - 4;) {
      const id = (this.#bytes[at] ?? 0) + 256 * (this.#bytes[at + 1] ?? 0)
      const from = at + 2
      at = from + (this.#sizes.get(id) ?? 0)
      const hash = ALGORITHM[id]
      if (hash) found.push({ hash, value: this.#bytes.subarray(from, at) })
    }
    return found
  }

  isOf(dataFrom: number, dataTo: number): boolean {
    let count = 0
    for (let at = this.start + AGILE_HEAD; at < this.dataStart - 4;) {
      const id = (this.#bytes[at] ?? 0) + 256 * (this.#bytes[at + 1] ?? 0)
      const from = at + 2
      at = from + (this.#sizes.get(id) ?? 0)
      const hash = ALGORITHM[id]
      if (!hash) continue
      const own = tightHash(hash)
      if (own.size !== at - from) return false
      own.hash(this.#bytes, dataFrom, dataTo)
      if (!own.isAt(this.#bytes, from)) return false
      count++
    }
    return count > 0
  }
}

/** Register, type and number of digests. */
const AGILE_HEAD = 12

const EV_EFI_HANDOFF_TABLES2 = 0x8000000b

/** One bank of SHA-384 or SM3, and a mark of a trust domain's firmware: the register of the header, a table, or register numbers that no TPM log stops at. */
function looksLikeCc(slice: Slice, banks: readonly Bank[], events: readonly TcgEvent[]): boolean {
  const [only] = banks
  if (banks.length !== 1 || (only?.id !== 0x0c && only?.id !== 0x12)) return false
  return (
    events[0]?.register === 1 ||
    events.some(
      (event) => event.type === EV_EFI_HANDOFF_TABLES2 && startsWith(slice, event.dataStart + 1, 'TdxTable'),
    ) ||
    (events.length > 1 && events.every((event) => event.register <= 4))
  )
}

/** CC measurement register to register: UEFI 2.11 section 38; 0 is MRTD, which is never extended. */
export function registerName(register: number, isCc: boolean): string {
  if (!isCc) return `PCR${register}`
  return register === 0 ? 'MRTD' : `RTMR${register - 1}`
}
