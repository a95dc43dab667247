import type { FindingCode } from '../core/verdict.ts'
import { DEPTH_BUDGET, type FieldNode, type Problem } from '../core/field.ts'
import { derivedId, sliceOf, type ByteRange, type Piece, type Slice, type Space } from '../core/place.ts'
import { say } from '../core/saying.ts'
import { hexOffset, type Expand } from './layout.ts'
import { jsonTree } from './json-tree.ts'
import { later, withLater } from './later.ts'
import { pieceWriter } from './pieces.ts'

/** What a reader of readings decides by. */
const CODES: Readonly<Record<string, FindingCode>> = {
  'json.duplicate-key': 'duplicate-key',
  'json.unexpected': 'no-value',
  'json.trailing': 'trailing',
}

/** A JSON value with its bytes. A string's range holds its quotes. Members are in the order of the text, repeated names included. */
export type JsonValue =
  | { readonly kind: 'object'; readonly range: ByteRange; readonly members: readonly JsonMember[] }
  | { readonly kind: 'array'; readonly range: ByteRange; readonly items: readonly JsonValue[] }
  | { readonly kind: 'string'; readonly range: ByteRange; readonly text: string; readonly isEscaped: boolean }
  | { readonly kind: 'number'; readonly range: ByteRange; readonly text: string }
  | { readonly kind: 'bool'; readonly range: ByteRange; readonly value: boolean }
  | { readonly kind: 'null'; readonly range: ByteRange }

export interface JsonMember {
  readonly key: string
  readonly keyRange: ByteRange
  readonly value: JsonValue
}
export type JsonString = Extract<JsonValue, { kind: 'string' }>

export interface JsonReading {
  /** Undefined when the text is not JSON as RFC 8259 has it; `node` then shows what was read. */
  readonly value: JsonValue | undefined
  /** What was read until the text broke off; `value` where it did not. */
  readonly partial: JsonValue | undefined
  /** Behind the value and the white space after it, or where the text broke off. */
  readonly end: number
  /** Tiles the slice. Carries the problems too. Made when it is first asked for. */
  readonly node: FieldNode
  /** The same problems as a list, for checks. Show one of the two, not both. */
  readonly problems: readonly Problem[]
  /** Opens arrays and objects that have more elements than are shown at once. */
  readonly expand: Expand
}

/** Most values of one text. */
export const JSON_VALUES = 400_000

/** A container under construction. What it holds so far lies on a pile that all of them share, from `from` on: a list that grows alone is mostly air. */
interface Open {
  kind: 'object' | 'array'
  start: number
  from: number
  seen: Map<string, number> | undefined
  key: { readonly text: string; readonly range: ByteRange } | undefined
  /** What may come next: a value or key, or a comma or the end. */
  expects: 'first' | 'next' | 'comma'
}

/** Objects of up to so many members are searched member by member; a table for each costs more than they do. */
const FEW = 16

/** Reads one JSON text (RFC 8259) over the whole slice, keeping every range. Never throws; nesting and count are bounded. */
export function readJson(slice: Slice, path = '', label = path === '' ? 'JSON' : path): JsonReading {
  const { partial, value, problems, end } = parseJson(slice)
  const tree = later(() => jsonTree(slice, partial, end, problems, path, label))
  const expand: Expand = (wanted, from, to) => tree().expand(wanted, from, to)
  return withLater({ value, partial, end, problems, expand }, { node: () => tree().node })
}

export interface JsonParsing {
  /** As `JsonReading.value`. */
  readonly value: JsonValue | undefined
  /** What was read until the text broke off. */
  readonly partial: JsonValue | undefined
  readonly problems: readonly Problem[]
  /** Behind the value and the white space after it, or where the text broke off. */
  readonly end: number
}

/** As `readJson`, without the tree: for those who only look inside. */
export function parseJson(whole: Slice): JsonParsing {
  // Nothing behind the slice is looked at, not even by a search for a quote.
  const slice: Slice = { ...whole, bytes: whole.bytes.subarray(0, whole.end) }
  const { bytes, space, end } = slice
  const problems: Problem[] = []
  const complain = (
    text: string,
    start: number,
    stop: number,
    params: Readonly<Record<string, string | number>> = {},
  ) => {
    problems.push({
      because: say(text, { at: hexOffset(start), ...params }, CODES[text]),
      range: { space, start, end: Math.max(start, Math.min(stop, end)) },
    })
  }
  // Frames are used again: texts have many small objects, at few depths.
  const frames: Open[] = []
  let depth = 0
  const members: JsonMember[] = []
  const items: JsonValue[] = []
  let memberTop = 0
  let itemTop = 0
  const text = textReader(slice)
  let root: JsonValue | undefined
  let at = slice.start
  let count = 0
  let isBroken = false
  const breakOff = (text: string, params: Readonly<Record<string, string | number>> = {}, where = at) => {
    complain(text, where, end, params)
    isBroken = true
  }
  const unexpected = () =>
    at >= end ? breakOff('json.ends-early') : breakOff('json.unexpected', { byte: printByte(bytes[at] ?? 0) })

  const put = (value: JsonValue) => {
    const top = depth > 0 ? frames[depth - 1] : undefined
    if (!top) {
      root = value
      return
    }
    if (top.key) members[memberTop++] = { key: top.key.text, keyRange: top.key.range, value }
    else items[itemTop++] = value
    top.key = undefined
    top.expects = 'comma'
  }
  const open = (kind: Open['kind'], start: number) => {
    const from = kind === 'object' ? memberTop : itemTop
    const frame = frames[depth++]
    if (!frame) {
      frames.push({ kind, start, from, seen: undefined, key: undefined, expects: 'first' })
      return
    }
    frame.kind = kind
    frame.start = start
    frame.from = from
    frame.seen = undefined
    frame.key = undefined
    frame.expects = 'first'
  }
  const close = ({ kind, start, from }: Open, stop: number) => {
    const range = { space, start, end: stop }
    depth -= 1
    if (kind === 'object') {
      const own = members.slice(from, memberTop)
      memberTop = from
      put({ kind, range, members: own })
    } else {
      const own = items.slice(from, itemTop)
      itemTop = from
      put({ kind, range, items: own })
    }
  }
  /** Where the open object has a member of that name already. */
  const before = (frame: Open, key: string): number | undefined => {
    if (frame.seen) return frame.seen.get(key)
    for (let i = frame.from; i < memberTop; i++) if (members[i]?.key === key) return members[i]?.keyRange.start
    return undefined
  }
  const remember = (frame: Open, key: string, start: number) => {
    if (frame.seen) frame.seen.set(key, start)
    else if (memberTop - frame.from >= FEW) {
      const seen = new Map<string, number>()
      for (let i = frame.from; i < memberTop; i++) {
        const one = members[i]
        if (one && !seen.has(one.key)) seen.set(one.key, one.keyRange.start)
      }
      frame.seen = seen.set(key, start)
    }
  }

  if (bytes[at] === 0xef && bytes[at + 1] === 0xbb && bytes[at + 2] === 0xbf && at + 3 <= end) {
    complain('json.bom', at, at + 3)
    at += 3
  }
  while (!isBroken) {
    at = skipWhite(bytes, at, end)
    const top = depth > 0 ? frames[depth - 1] : undefined
    if (!top && root) break
    const byte = at < end ? bytes[at] : undefined
    if (top) {
      const closing = top.kind === 'object' ? 0x7d : 0x5d
      if (byte === closing && top.expects !== 'next' && !top.key) {
        at++
        close(top, at)
        continue
      }
      if (top.expects === 'comma') {
        if (byte !== 0x2c) {
          unexpected()
          break
        }
        at++
        top.expects = 'next'
        continue
      }
      if (top.kind === 'object' && !top.key) {
        if (byte !== 0x22) {
          unexpected()
          break
        }
        const key = readString(slice, at, text, complain)
        if (key.wrong) {
          breakOff(key.wrong, {}, key.end)
          break
        }
        const range = { space, start: at, end: key.end }
        const first = before(top, key.text)
        if (first === undefined) remember(top, key.text, at)
        else complain('json.duplicate-key', at, key.end, { key: key.text.slice(0, 200), first: hexOffset(first) })
        at = skipWhite(bytes, key.end, end)
        if (at >= end || bytes[at] !== 0x3a) {
          unexpected()
          break
        }
        at++
        top.key = { text: key.text, range }
        continue
      }
    }
    if (++count > JSON_VALUES) {
      breakOff('json.too-many-values', { limit: JSON_VALUES })
      break
    }
    if (byte === 0x7b || byte === 0x5b) {
      if (depth >= DEPTH_BUDGET) {
        breakOff('json.too-deep', { limit: DEPTH_BUDGET })
        break
      }
      open(byte === 0x7b ? 'object' : 'array', at)
      at++
    } else if (byte === 0x22) {
      const string = readString(slice, at, text, complain)
      if (string.wrong) {
        breakOff(string.wrong, {}, string.end)
        break
      }
      put({
        kind: 'string',
        range: { space, start: at, end: string.end },
        text: string.text,
        isEscaped: string.isEscaped,
      })
      at = string.end
    } else {
      const word =
        byte === 0x74 || byte === 0x66 || byte === 0x6e
          ? WORDS.find((known) => matches(bytes, at, end, known.text))
          : undefined
      const stop = word ? at + word.text.length : numberEnd(bytes, at, end)
      if (stop === undefined) {
        unexpected()
        break
      }
      const range = { space, start: at, end: stop }
      put(
        word
          ? word.value === null
            ? { kind: 'null', range }
            : { kind: 'bool', range, value: word.value }
          : { kind: 'number', range, text: text(at, stop) },
      )
      at = stop
    }
  }
  // What was open when the text broke off is shown as far as it went.
  while (depth > 0) {
    const last = frames[depth - 1]
    if (!last) break
    close(last, at)
  }
  if (!isBroken && at < end) complain('json.trailing', at, end, { count: end - at })
  return { value: isBroken ? undefined : root, partial: root, problems, end: at }
}

/** The first member of that name; undefined for what is no object. */
export function member(value: JsonValue | undefined, name: string): JsonValue | undefined {
  return value?.kind === 'object' ? value.members.find((one) => one.key === name)?.value : undefined
}

/** The text of a string value, else undefined. */
export function textOf(value: JsonValue | undefined): string | undefined {
  return value?.kind === 'string' ? value.text : undefined
}

/** Between the quotes, as it stands: what a string without escapes says. */
export function insideQuotes(slice: Slice, value: JsonString): Slice {
  return { space: slice.space, bytes: slice.bytes, start: value.range.start + 1, end: value.range.end - 1 }
}

/** A string's text as a derived space of UTF-8 bytes, each mapped to the characters that say it. A lone surrogate becomes U+FFFD. */
export function jsonStringSpace(slice: Slice, value: JsonString): { readonly space: Space; readonly slice: Slice } {
  const id = derivedId(slice.space, 'json-unescape', value.range.start)
  // Where the replacement character stands there may have been bytes that are no UTF-8: those are taken as they are.
  const bytes = value.text.includes('\ufffd') ? unescaped(slice, value).bytes : ENCODER.encode(value.text)
  const pieces = later(() => unescaped(slice, value).pieces)
  const whole = { at: 0, length: bytes.length, sourceStart: value.range.start, sourceEnd: value.range.end }
  const space: Space = withLater({ id, parent: slice.space, via: 'json-unescape', bytes } as const, {
    map: () => (pieces() ? 'exact' : 'opaque'),
    pieces: () => pieces() ?? [whole],
  })
  return { space, slice: sliceOf(id, bytes) }
}

/** The bytes that a string says, and where each was said. */
function unescaped(
  { bytes }: Slice,
  value: JsonString,
): { readonly bytes: Uint8Array; readonly pieces: readonly Piece[] | undefined } {
  const pieces = pieceWriter()
  let plainFrom = value.range.start + 1
  const stop = value.range.end - 1
  // No escape is shorter than what it says in UTF-8.
  const out = new Uint8Array(Math.max(0, stop - plainFrom))
  let size = 0
  const plain = (to: number) => {
    if (to <= plainFrom) return
    out.set(bytes.subarray(plainFrom, to), size)
    pieces.add(size, to - plainFrom, plainFrom, to)
    size += to - plainFrom
  }
  const backslash = (from: number) => {
    const found = bytes.indexOf(0x5c, from)
    return found < 0 || found >= stop ? stop : found
  }
  for (let at = backslash(plainFrom); at < stop; at = backslash(plainFrom)) {
    plain(at)
    const escape = readEscape(bytes, at, stop)
    const code = escape.text.charCodeAt(0)
    if (code < 0x80) {
      pieces.add(size, 1, at, escape.end)
      out[size++] = code
    } else {
      // Every byte of an escape is said by the whole escape, so each gets a piece of its own.
      for (const byte of ENCODER.encode(escape.text)) {
        pieces.add(size, 1, at, escape.end)
        out[size++] = byte
      }
    }
    plainFrom = escape.end
  }
  plain(stop)
  return { bytes: out.subarray(0, size), pieces: pieces.done() }
}

/** A string's bytes to read on from: in place when nothing is escaped, else in a derived space, which is then in `spaces`. */
export function jsonStringContent(
  slice: Slice,
  value: JsonString,
): { readonly slice: Slice; readonly spaces: readonly Space[] } {
  if (!value.isEscaped) return { slice: insideQuotes(slice, value), spaces: [] }
  const derived = jsonStringSpace(slice, value)
  return { slice: derived.slice, spaces: [derived.space] }
}

const ENCODER = new TextEncoder()
const STRICT = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const LENIENT = new TextDecoder('utf-8', { ignoreBOM: true })
const WORDS: readonly { readonly text: string; readonly value: boolean | null }[] = [
  { text: 'true', value: true },
  { text: 'false', value: false },
  { text: 'null', value: null },
]

function skipWhite(bytes: Uint8Array, at: number, end: number): number {
  let i = at
  while (i < end && (bytes[i] === 0x20 || bytes[i] === 0x0a || bytes[i] === 0x0d || bytes[i] === 0x09)) i++
  return i
}

function matches(bytes: Uint8Array, at: number, end: number, text: string): boolean {
  if (at + text.length > end) return false
  for (let i = 0; i < text.length; i++) if (bytes[at + i] !== text.charCodeAt(i)) return false
  return true
}

/** RFC 8259 section 6: no leading zero, no bare dot. */
function numberEnd(bytes: Uint8Array, start: number, end: number): number | undefined {
  let at = start
  if (bytes[at] === 0x2d && at < end) at++
  const whole = digitsEnd(bytes, at, end)
  if (whole === at || (bytes[at] === 0x30 && whole > at + 1)) return undefined
  at = whole
  if (at < end && bytes[at] === 0x2e) {
    const part = digitsEnd(bytes, at + 1, end)
    if (part === at + 1) return undefined
    at = part
  }
  if (at < end && ((bytes[at] ?? 0) | 0x20) === 0x65) {
    at++
    if (at < end && (bytes[at] === 0x2b || bytes[at] === 0x2d)) at++
    const power = digitsEnd(bytes, at, end)
    if (power === at) return undefined
    at = power
  }
  return at
}

function digitsEnd(bytes: Uint8Array, start: number, end: number): number {
  let at = start
  while (at < end && (bytes[at] ?? 0) >= 0x30 && (bytes[at] ?? 0) <= 0x39) at++
  return at
}

type Complain = (text: string, start: number, stop: number) => void
interface ReadString {
  readonly text: string
  readonly end: number
  readonly isEscaped: boolean
  readonly wrong?: string
}

/** Plain ASCII between two offsets. */
type ReadText = (start: number, end: number) => string

/** The whole text is decoded once, when the first string is asked for: what is cut from it costs no decoder and no copy. */
function textReader({ bytes, start }: Slice): ReadText {
  let whole: string | undefined
  return (from, to) => {
    if (to - from === 1) return ASCII[bytes[from] ?? 0] ?? ''
    return (whole ??= LATIN1.decode(start === 0 ? bytes : bytes.subarray(start))).slice(from - start, to - start)
  }
}

/** Reads from the opening quote on. `wrong` is the reason when there is no whole string; `end` is then where it broke off. */
function readString(slice: Slice, start: number, text: ReadText, complain: Complain): ReadString {
  const { bytes, end } = slice
  // Nearly all strings are short runs of plain ASCII.
  const short = Math.min(end, start + SHORT)
  for (let at = start + 1; at < short; at++) {
    const byte = bytes[at] ?? 0
    if (byte === 0x22) return { text: text(start + 1, at), end: at + 1, isEscaped: false }
    if (byte === 0x5c || byte < 0x20 || byte >= 0x80) break
  }
  return readFaultless(bytes, start, end) ?? readSlowly(slice, start, complain)
}

/** A string that the platform reads as it stands; undefined when there is anything to say about it. */
function readFaultless(bytes: Uint8Array, start: number, end: number): ReadString | undefined {
  let quote = start
  let isEscaped = false
  do {
    quote = bytes.indexOf(0x22, quote + 1)
    if (quote < 0 || quote >= end) return undefined
    let slashes = quote
    while (bytes[slashes - 1] === 0x5c && slashes - 1 > start) slashes--
    if ((quote - slashes) % 2 === 0) break
    isEscaped = true
  } while (quote < end)
  try {
    const inside = STRICT.decode(bytes.subarray(start + 1, quote))
    isEscaped ||= inside.includes('\\')
    if (!isEscaped) return CONTROL.test(inside) ? undefined : { text: inside, end: quote + 1, isEscaped }
    const text: unknown = JSON.parse(`"${inside}"`)
    return typeof text === 'string' && !HALF_PAIR.test(text) ? { text, end: quote + 1, isEscaped } : undefined
  } catch {
    return undefined
  }
}

/** As `readString`, byte by byte, with a word on everything odd. */
function readSlowly(slice: Slice, start: number, complain: Complain): ReadString {
  const { bytes, end } = slice
  const parts: string[] = []
  let isEscaped = false
  let plainFrom = start + 1
  let controlAt = -1
  const plain = (to: number) => {
    if (to <= plainFrom) return
    const run = bytes.subarray(plainFrom, to)
    try {
      parts.push(STRICT.decode(run))
    } catch {
      parts.push(LENIENT.decode(run))
      complain('json.bad-utf8', plainFrom, to)
    }
  }
  for (let at = start + 1; at < end;) {
    const byte = bytes[at] ?? 0
    if (byte === 0x22) {
      plain(at)
      if (controlAt >= 0) complain('json.control-character', controlAt, controlAt + 1)
      return { text: parts.length === 1 ? (parts[0] ?? '') : parts.join(''), end: at + 1, isEscaped }
    }
    if (byte !== 0x5c) {
      if (byte < 0x20 && controlAt < 0) controlAt = at
      at++
      continue
    }
    plain(at)
    const escape = readEscape(bytes, at, end)
    if (escape.wrong) return { text: '', end: at, isEscaped, wrong: escape.wrong }
    if (escape.isLone) complain('json.lone-surrogate', at, escape.end)
    parts.push(escape.text)
    isEscaped = true
    at = plainFrom = escape.end
  }
  return { text: '', end, isEscaped, wrong: 'json.ends-early' }
}

/** Strings up to this length are read a character at a time: a decoder's call costs more than the text. */
const SHORT = 48
const CONTROL = /[\u0000-\u001f]/
const HALF_PAIR = /\p{Surrogate}/u

const LATIN1 = new TextDecoder('latin1')
const ASCII = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code))

const ESCAPES: Readonly<Record<number, string>> = {
  0x22: '"',
  0x5c: '\\',
  0x2f: '/',
  0x62: '\b',
  0x66: '\f',
  0x6e: '\n',
  0x72: '\r',
  0x74: '\t',
}

/** One escape (RFC 8259 section 7), both halves of a surrogate pair together. */
function readEscape(
  bytes: Uint8Array,
  at: number,
  end: number,
): { readonly text: string; readonly end: number; readonly isLone?: boolean; readonly wrong?: string } {
  if (at + 1 >= end) return { text: '', end, wrong: 'json.ends-early' }
  const simple = ESCAPES[bytes[at + 1] ?? 0]
  if (simple !== undefined) return { text: simple, end: at + 2 }
  const unit = codeUnit(bytes, at, end)
  if (unit === undefined) return { text: '', end: at + 2, wrong: 'json.bad-escape' }
  if (unit < 0xd800 || unit > 0xdfff) return { text: String.fromCharCode(unit), end: at + 6 }
  const low = unit < 0xdc00 ? codeUnit(bytes, at + 6, end) : undefined
  if (low !== undefined && low >= 0xdc00 && low <= 0xdfff) return { text: String.fromCharCode(unit, low), end: at + 12 }
  return { text: '\ufffd', end: at + 6, isLone: true }
}

/** The four digits behind `\u`. */
function codeUnit(bytes: Uint8Array, at: number, end: number): number | undefined {
  if (at + 6 > end || bytes[at] !== 0x5c || bytes[at + 1] !== 0x75) return undefined
  let value = 0
  for (let i = at + 2; i < at + 6; i++) {
    const byte = bytes[i] ?? 0
    const lower = byte | 0x20
    const digit = byte >= 0x30 && byte <= 0x39 ? byte - 0x30 : lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1
    if (digit < 0) return undefined
    value = value * 16 + digit
  }
  return value
}

function printByte(byte: number): string {
  return byte > 0x20 && byte < 0x7f ? String.fromCharCode(byte) : hexOffset(byte)
}
