import type { Problem } from '../core/field.ts'
import { derivedId, sliceOf, type ByteRange, type Piece, type Slice, type Space } from '../core/place.ts'
import { say, type Saying } from '../core/saying.ts'
import { duplicateKeys, type Interned } from './cbor-equality.ts'
import { hexOffset } from './layout.ts'

/** Where an item lies: `head` is its first byte and its argument, `body` what the head announces (content, members, the end mark), `range` both. */
export interface CborPlace {
  readonly range: ByteRange
  readonly head: ByteRange
  readonly body: ByteRange
}

export interface CborEntry {
  readonly key: CborItem
  readonly value: CborItem
}

/** One data item (RFC 8949) with its bytes. `isWhole` is false where the bytes end, or stop making sense, before the item does. */
export type CborItem =
  | (CborPlace & { readonly kind: 'int'; readonly value: bigint })
  | (CborPlace & {
      readonly kind: 'bytes'
      readonly content: Slice
      readonly isWhole: boolean
      readonly chunks?: readonly CborItem[]
    })
  | (CborPlace & {
      readonly kind: 'text'
      readonly text: string
      readonly content: Slice
      readonly isWhole: boolean
      readonly chunks?: readonly CborItem[]
    })
  | (CborPlace & {
      readonly kind: 'array'
      readonly items: readonly CborItem[]
      readonly isIndefinite: boolean
      readonly isWhole: boolean
    })
  | (CborPlace & {
      readonly kind: 'map'
      readonly entries: readonly CborEntry[]
      readonly isIndefinite: boolean
      readonly isWhole: boolean
    })
  | (CborPlace & { readonly kind: 'tag'; readonly tag: bigint; readonly content: CborItem })
  | (CborPlace & { readonly kind: 'simple'; readonly value: number })
  | (CborPlace & { readonly kind: 'float'; readonly value: number; readonly width: 2 | 4 | 8 })
  | (CborPlace & { readonly kind: 'broken'; readonly because: Saying })

export interface CborReading {
  /** As much as could be read; undefined for no bytes at all. */
  readonly item: CborItem | undefined
  /** What is wrong or unusual, with its bytes; the first hundred. */
  readonly problems: readonly Problem[]
  /** Offset just after the item; the end of the slice when the item is not whole. */
  readonly end: number
  /** Strings that came in chunks, put together. */
  readonly spaces: readonly Space[]
  /** The bytes are one well-formed item, as far as it goes: nothing is missing and nothing had to be left unread. */
  readonly isWhole: boolean
}

/** Deepest nesting that is read. */
export const CBOR_DEPTH = 64
/** Most items of one reading; each becomes one or two nodes. */
export const CBOR_ITEMS = 40_000
const PROBLEMS = 100

type Major = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7

interface Frame {
  readonly kind: 'array' | 'map' | 'tag' | 'bytes' | 'text'
  readonly start: number
  readonly headEnd: number
  readonly tag: bigint
  /** Items that must still come; -1 until an end mark. */
  left: number
  readonly items: CborItem[]
}

interface Head {
  readonly major: Major
  readonly info: number
  readonly argument: bigint
  readonly end: number
}

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const UTF8_LENIENT = new TextDecoder('utf-8', { ignoreBOM: true })

/**
 * Reads one item and everything in it without recursion; never throws, for any bytes.
 * What the bytes claim is compared with what is there before anything is allocated. Where reading cannot go on, the rest is one `broken` item.
 */
export function readCbor(slice: Slice): CborReading {
  const { bytes, space } = slice
  const limit = slice.end
  const problems: Problem[] = []
  const spaces: Space[] = []
  const interned: Interned = { ids: new Map(), known: new Map() }
  const stack: Frame[] = []
  let root: CborItem | undefined
  let at = slice.start
  let count = 0
  let isWhole = true

  const range = (start: number, end: number): ByteRange => ({ space, start, end })
  const complain = (because: Saying, start: number, end: number) => {
    if (problems.length < PROBLEMS) problems.push({ because, range: range(start, end) })
  }
  const place = (start: number, headEnd: number, end: number): CborPlace => ({
    range: range(start, end),
    head: range(start, headEnd),
    body: range(headEnd, end),
  })

  const add = (item: CborItem) => {
    const top = stack.at(-1)
    if (!top) {
      root = item
      return
    }
    top.items.push(item)
    if (top.left > 0) top.left--
  }

  /** Closes the innermost container at `end`. */
  const close = (frame: Frame, end: number, whole: boolean) => {
    const where = place(frame.start, frame.headEnd, end)
    const first = frame.items[0]
    switch (frame.kind) {
      case 'array':
        add({ ...where, kind: 'array', items: frame.items, isIndefinite: frame.left < 0, isWhole: whole })
        break
      case 'map':
        add(mapOf(frame, where, whole))
        break
      case 'tag':
        add({
          ...where,
          kind: 'tag',
          tag: frame.tag,
          content: first ?? broken(say('cbor.ends', { at: hexOffset(end) }), end),
        })
        break
      case 'bytes':
      case 'text': {
        const content = joined(frame)
        if (frame.kind === 'bytes') add({ ...where, kind: 'bytes', content, isWhole: whole, chunks: frame.items })
        else
          add({
            ...where,
            kind: 'text',
            text: frame.items.map((chunk) => (chunk.kind === 'text' ? chunk.text : '')).join(''),
            content,
            isWhole: whole,
            chunks: frame.items,
          })
      }
    }
  }

  const mapOf = (frame: Frame, where: CborPlace, whole: boolean): CborItem => {
    const entries: CborEntry[] = []
    for (let i = 0; i < frame.items.length; i += 2) {
      const key = frame.items[i]
      const value = frame.items[i + 1]
      if (key)
        entries.push({ key, value: value ?? broken(say('cbor.ends', { at: hexOffset(key.range.end) }), key.range.end) })
    }
    for (const { first, second } of duplicateKeys(entries, interned)) {
      const because = say(
        'cbor.duplicate-key',
        {
          first: hexOffset(first.range.start),
          second: hexOffset(second.range.start),
        },
        'duplicate-key',
      )
      complain(because, first.range.start, first.range.end)
      complain(because, second.range.start, second.range.end)
    }
    // Written out: spreading costs more than everything else here, and lists of small maps are long.
    return {
      range: where.range,
      head: where.head,
      body: where.body,
      kind: 'map',
      entries,
      isIndefinite: frame.left < 0,
      isWhole: whole,
    }
  }

  /** The chunks of a string, one after another, as bytes of their own. */
  const joined = (frame: Frame): Slice => {
    const out = new Uint8Array(frame.items.reduce((sum, chunk) => sum + contentLength(chunk), 0))
    const pieces: Piece[] = []
    let to = 0
    for (const chunk of frame.items) {
      if (chunk.kind !== 'bytes' && chunk.kind !== 'text') continue
      const { start, end } = chunk.content
      out.set(bytes.subarray(start, end), to)
      if (end > start) pieces.push({ at: to, length: end - start, sourceStart: start, sourceEnd: end })
      to += end - start
    }
    const id = derivedId(space, 'concat', frame.start)
    spaces.push({ id, parent: space, via: 'concat', map: 'exact', bytes: out, pieces })
    return sliceOf(id, out)
  }

  const broken = (because: Saying, start: number): CborItem => ({
    ...place(start, start, start),
    kind: 'broken',
    because,
  })

  /** Gives up: what is left is one broken item, and everything that is open ends with the bytes. */
  const stop = (because: Saying, start: number) => {
    isWhole = false
    complain(because, start, limit)
    if (start < limit) add({ ...place(start, limit, limit), kind: 'broken', because })
    at = limit
    for (let frame = stack.pop(); frame; frame = stack.pop()) close(frame, limit, false)
  }

  const stringItem = (kind: 'bytes' | 'text', start: number, headEnd: number, end: number, whole: boolean) => {
    const content = sliceOf(space, bytes, headEnd, end)
    const own = range(start, end)
    const head = range(start, headEnd)
    const body = range(headEnd, end)
    add(
      kind === 'bytes'
        ? { range: own, head, body, kind, content, isWhole: whole }
        : { range: own, head, body, kind, text: textOf(headEnd, end), content, isWhole: whole },
    )
  }

  const textOf = (start: number, end: number): string => {
    const own = bytes.subarray(start, end)
    try {
      return UTF8.decode(own)
    } catch {
      complain(say('cbor.utf8', { at: hexOffset(start) }), start, end)
      return UTF8_LENIENT.decode(own)
    }
  }

  const openString = (kind: 'bytes' | 'text', start: number, head: Head): boolean => {
    const have = limit - head.end
    if (head.argument > BigInt(have)) {
      isWhole = false
      complain(
        say('cbor.length', { claimed: String(head.argument), have, at: hexOffset(start) }, 'cut-off'),
        start,
        limit,
      )
      stringItem(kind, start, head.end, limit, false)
      at = limit
      for (let frame = stack.pop(); frame; frame = stack.pop()) close(frame, limit, false)
      return false
    }
    at = head.end + Number(head.argument)
    stringItem(kind, start, head.end, at, true)
    return true
  }

  const opened = (kind: Frame['kind'], start: number, headEnd: number, left: number, tag = 0n): boolean => {
    if (stack.length >= CBOR_DEPTH) {
      stop(say('cbor.depth', { limit: CBOR_DEPTH, at: hexOffset(start) }), start)
      return false
    }
    at = headEnd
    stack.push({ kind, start, headEnd, tag, left, items: [] })
    return true
  }

  /** An integer, whose head is all of it. Written without spreading: there are many. */
  const scalar = (start: number, end: number, kind: 'int', value: bigint): CborItem => {
    const own = range(start, end)
    return { range: own, head: own, body: range(end, end), kind, value }
  }

  /** Reads the head at `at` and either the whole item, or opens a frame for it. False when reading cannot go on. */
  const open = (): boolean => {
    const start = at
    if (start >= limit) {
      stop(say('cbor.ends', { at: hexOffset(start) }), start)
      return false
    }
    if (count++ >= CBOR_ITEMS) {
      stop(say('cbor.budget', { limit: CBOR_ITEMS, at: hexOffset(start) }), start)
      return false
    }
    const initial = bytes[start] ?? 0
    const top = stack.at(-1)
    if (initial === 0xff) {
      const isMidway = top?.kind === 'map' && top.items.length % 2 === 1
      if (!top || top.left >= 0 || isMidway) {
        stop(say(isMidway ? 'cbor.odd-map' : 'cbor.break', { at: hexOffset(start) }), start)
        return false
      }
      stack.pop()
      at = start + 1
      close(top, at, true)
      return true
    }
    const head = readHead(bytes, start, limit)
    if (!head) {
      stop(
        say((initial & 31) >= 28 && (initial & 31) < 31 ? 'cbor.reserved-head' : 'cbor.ends', { at: hexOffset(start) }),
        start,
      )
      return false
    }
    const { major, info, argument } = head
    const isIndefinite = info === 31
    if (isIndefinite && (major < 2 || major > 5)) {
      stop(say('cbor.reserved-head', { at: hexOffset(start) }), start)
      return false
    }
    if ((top?.kind === 'bytes' || top?.kind === 'text') && (isIndefinite || major !== (top.kind === 'bytes' ? 2 : 3))) {
      stop(say('cbor.chunk', { at: hexOffset(start) }), start)
      return false
    }
    if (major < 7 && !isIndefinite && !isShortest(info, argument))
      complain(say('cbor.non-minimal', { at: hexOffset(start) }, 'not-shortest'), start, head.end)
    switch (major) {
      case 0:
      case 1:
        at = head.end
        add(scalar(start, at, 'int', major === 0 ? argument : -1n - argument))
        return true
      case 2:
      case 3:
        return isIndefinite
          ? opened(major === 2 ? 'bytes' : 'text', start, head.end, -1)
          : openString(major === 2 ? 'bytes' : 'text', start, head)
      // A count that is more than the bytes left ends by itself; nothing is allocated for it.
      case 4:
        return opened('array', start, head.end, isIndefinite ? -1 : clamp(argument))
      case 5:
        return opened('map', start, head.end, isIndefinite ? -1 : clamp(argument * 2n))
      case 6:
        return opened('tag', start, head.end, 1, argument)
      case 7: {
        at = head.end
        const where = place(start, at, at)
        if (info === 25) add({ ...where, kind: 'float', value: half(Number(argument)), width: 2 })
        else if (info === 26) add({ ...where, kind: 'float', value: view(argument, 4).getFloat32(0), width: 4 })
        else if (info === 27) add({ ...where, kind: 'float', value: view(argument, 8).getFloat64(0), width: 8 })
        else {
          if (info === 24 && argument < 32n) complain(say('cbor.simple', { at: hexOffset(start) }), start, at)
          add({ ...where, kind: 'simple', value: Number(argument) })
        }
        return true
      }
    }
  }

  if (slice.start >= limit)
    return {
      item: undefined,
      problems: [{ because: say('cbor.ends', { at: hexOffset(limit) }), range: range(limit, limit) }],
      end: limit,
      spaces,
      isWhole: false,
    }
  if (open()) {
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      if (top.left === 0) {
        stack.pop()
        close(top, at, true)
      } else if (!open()) break
    }
  }
  return { item: root, problems, end: at, spaces, isWhole }
}

function contentLength(item: CborItem): number {
  return item.kind === 'bytes' || item.kind === 'text' ? item.content.end - item.content.start : 0
}

function clamp(count: bigint): number {
  return count > 0x7fffffffn ? 0x7fffffff : Number(count)
}

function readHead(bytes: Uint8Array, start: number, limit: number): Head | undefined {
  const initial = bytes[start] ?? 0
  const major = (initial >> 5) as Major
  const info = initial & 31
  if (info < 24 || info === 31) return { major, info, argument: BigInt(info), end: start + 1 }
  if (info > 27) return undefined
  const width = 1 << (info - 24)
  if (start + 1 + width > limit) return undefined
  let argument = 0
  for (let i = 0; i < Math.min(width, 4); i++) argument = argument * 256 + (bytes[start + 1 + i] ?? 0)
  if (width < 8) return { major, info, argument: BigInt(argument), end: start + 1 + width }
  let low = 0
  for (let i = 4; i < 8; i++) low = low * 256 + (bytes[start + 1 + i] ?? 0)
  return { major, info, argument: (BigInt(argument) << 32n) | BigInt(low), end: start + 9 }
}

/** RFC 8949 section 4.1: the argument in as few bytes as it fits. */
function isShortest(info: number, argument: bigint): boolean {
  switch (info) {
    case 24:
      return argument >= 24n
    case 25:
      return argument > 0xffn
    case 26:
      return argument > 0xffffn
    case 27:
      return argument > 0xffffffffn
    default:
      return true
  }
}

function view(argument: bigint, width: 4 | 8): DataView {
  const out = new DataView(new ArrayBuffer(8))
  if (width === 4) out.setUint32(0, Number(argument))
  else out.setBigUint64(0, argument)
  return out
}

/** RFC 8949 appendix D. */
function half(bits: number): number {
  const exponent = (bits >> 10) & 31
  const fraction = bits & 1023
  const magnitude =
    exponent === 0
      ? fraction * 2 ** -24
      : exponent === 31
        ? fraction === 0
          ? Infinity
          : NaN
        : (1024 + fraction) * 2 ** (exponent - 25)
  return bits & 0x8000 ? -magnitude : magnitude
}
