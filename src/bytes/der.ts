import type { Problem } from '../core/field.ts'
import type { ByteRange, Slice } from '../core/place.ts'
import { say } from '../core/saying.ts'
import { hexOffset } from './layout.ts'

export type DerTagClass = 'universal' | 'application' | 'context' | 'private'

/** One tag-length-value, with its bytes. */
export interface DerElement {
  readonly tagClass: DerTagClass
  readonly tag: number
  readonly constructed: boolean
  /** Tag, length, content (and the end mark of an indefinite length). */
  readonly range: ByteRange
  /** What follows tag and length. */
  readonly content: Slice
  /** Of constructed elements. Missing when the nesting or the count went over the limit. */
  readonly children?: readonly DerElement[] | undefined
}

export interface DerReading {
  /** As much as could be read; only together with an empty `problems` is it DER. */
  readonly element: DerElement | undefined
  readonly problems: readonly Problem[]
  /** Elements that were read, this one included. */
  readonly count: number
  /** Offset just after the element (or the end of the slice, when the element claims more than is there). */
  readonly end: number
}

/** Deepest nesting that is read. */
export const DER_DEPTH = 32
/** Most elements of one reading; each becomes one to three nodes. */
export const DER_ELEMENTS = 30_000
/** Problems that one reading reports; the first is the one that matters. */
export const DER_PROBLEMS = 100
/** Longest INTEGER that is printed in decimal: the conversion is quadratic. */
export const DER_PRINTED = 4096
/** Longest OID that is read as numbers; real ones have some twenty bytes. */
export const OID_PRINTED = 256

/** Universal tag numbers that are used here. */
export const TAG = {
  boolean: 1,
  integer: 2,
  bitString: 3,
  octetString: 4,
  null: 5,
  oid: 6,
  enumerated: 10,
  utf8: 12,
  sequence: 16,
  set: 17,
  numeric: 18,
  printable: 19,
  teletex: 20,
  ia5: 22,
  utcTime: 23,
  generalizedTime: 24,
  visible: 26,
  universal: 28,
  bmp: 30,
} as const

const CLASSES: readonly DerTagClass[] = ['universal', 'application', 'context', 'private']

/** Where tag and length were just read. Reused, not made anew: certificates are read by the thousand. */
interface Head {
  tagClass: number
  tag: number
  constructed: boolean
  contentStart: number
  /** As claimed; -1 when it is left open. */
  length: number
}

interface Frame {
  readonly tagClass: number
  readonly tag: number
  readonly contentStart: number
  readonly start: number
  readonly limit: number
  readonly indefinite: boolean
  at: number
  /** Where its finished children begin among those of all open elements. */
  readonly first: number
}

/**
 * Reads one element and everything in it, strictly (X.690 section 10 and 11), without recursion.
 * What is not DER is a problem that names the section; reading goes on past it wherever the bytes still say where things are.
 * Two rules are left out, because the bytes alone do not say where they apply: the order of a SET OF, and members that spell out their default.
 */
export function readDer(slice: Slice): DerReading {
  const problems: Problem[] = []
  const { bytes, space } = slice
  const complain: Complain = (text, section, start, end) => {
    if (problems.length < DER_PROBLEMS)
      problems.push({
        because: say(text, { section, at: hexOffset(start) }),
        range: { space, start, end: Math.max(start, end) },
      })
  }
  const head: Head = { tagClass: 0, tag: 0, constructed: false, contentStart: 0, length: 0 }
  const stack: Frame[] = []
  // The children of all open elements in one list: one that is grown for each would be mostly empty room.
  const finished: DerElement[] = []
  let count = 0
  let root: DerElement | undefined
  // Puts a finished element where it belongs.
  const place = (element: DerElement) => {
    if (element.tagClass === 'universal') checkContent(element, complain)
    const parent = stack[stack.length - 1]
    if (parent) {
      finished.push(element)
      parent.at = element.range.end
    } else root = element
  }
  const open = (at: number, limit: number): boolean => {
    if (!readHead(bytes, at, limit, head, complain)) return false
    count++
    const isIndefinite = head.length < 0
    const claimed = isIndefinite ? limit : head.contentStart + head.length
    if (claimed > limit) complain('der.truncated', '8.1.3', at, limit)
    const end = claimed < limit ? claimed : limit
    if (head.constructed && stack.length < DER_DEPTH)
      stack.push({
        tagClass: head.tagClass,
        tag: head.tag,
        contentStart: head.contentStart,
        start: at,
        limit: end,
        indefinite: isIndefinite,
        at: head.contentStart,
        first: finished.length,
      })
    else {
      if (head.constructed) complain('der.depth', '8.1', at, end)
      place(elementOf(slice, head.tagClass, head.tag, head.constructed, at, head.contentStart, end, end, undefined))
    }
    return true
  }

  if (!open(slice.start, slice.end)) return { element: undefined, problems, count, end: slice.end }
  for (let top = stack[stack.length - 1]; top; top = stack[stack.length - 1]) {
    const { at, limit } = top
    const isEndMark = top.indefinite && at + 2 <= limit && bytes[at] === 0 && bytes[at + 1] === 0
    if (isEndMark || at >= limit) {
      stack.pop()
      if (top.indefinite && !isEndMark) complain('der.truncated', '8.1.3', top.start, limit)
      place(
        elementOf(
          slice,
          top.tagClass,
          top.tag,
          true,
          top.start,
          top.contentStart,
          at,
          isEndMark ? at + 2 : limit,
          finished.splice(top.first),
        ),
      )
    } else {
      if (count >= DER_ELEMENTS) complain('der.count', '8.1', at, limit)
      else if (open(at, limit)) continue
      stack.pop()
      place(
        elementOf(
          slice,
          top.tagClass,
          top.tag,
          true,
          top.start,
          top.contentStart,
          limit,
          limit,
          finished.splice(top.first),
        ),
      )
    }
  }
  return { element: root, problems, count, end: root?.range.end ?? slice.end }
}

function elementOf(
  { space, bytes }: Slice,
  tagClass: number,
  tag: number,
  constructed: boolean,
  start: number,
  contentStart: number,
  contentEnd: number,
  end: number,
  children: readonly DerElement[] | undefined,
): DerElement {
  return {
    tagClass: CLASSES[tagClass] ?? 'universal',
    tag,
    constructed,
    range: { space, start, end },
    content: { space, bytes, start: contentStart, end: contentEnd },
    children,
  }
}

/** The element, when the slice is exactly one element in faultless DER. */
export function readDerStrict(slice: Slice): DerElement | undefined {
  const { element, problems, end } = readDer(slice)
  return problems.length === 0 && end === slice.end ? element : undefined
}

/** Reads one element without looking inside: for lists too long to be turned into elements. */
export function readDerHead(slice: Slice): DerReading {
  const problems: Problem[] = []
  const { space, bytes } = slice
  const complain: Complain = (text, section, start, end) => {
    problems.push({
      because: say(text, { section, at: hexOffset(start) }),
      range: { space, start, end: Math.max(start, end) },
    })
  }
  const head: Head = { tagClass: 0, tag: 0, constructed: false, contentStart: 0, length: 0 }
  if (!readHead(bytes, slice.start, slice.end, head, complain))
    return { element: undefined, problems, count: 0, end: slice.end }
  const claimed = head.length < 0 ? slice.end : head.contentStart + head.length
  if (claimed > slice.end) complain('der.truncated', '8.1.3', slice.start, slice.end)
  const end = Math.min(claimed, slice.end)
  return {
    element: elementOf(
      slice,
      head.tagClass,
      head.tag,
      head.constructed,
      slice.start,
      head.contentStart,
      end,
      end,
      undefined,
    ),
    problems,
    count: 1,
    end,
  }
}

/** Members of an element that was read with `readDerHead`, again without looking inside. Undefined when there are more than `most`. */
export function derMembers(
  element: DerElement,
  most: number,
): { readonly members: readonly DerElement[]; readonly problems: readonly Problem[] } | undefined {
  const members: DerElement[] = []
  const problems: Problem[] = []
  for (let at = element.content.start; at < element.content.end;) {
    if (members.length >= most) return undefined
    const reading = readDerHead({ ...element.content, start: at })
    problems.push(...reading.problems)
    if (!reading.element) break
    members.push(reading.element)
    at = reading.end
  }
  return { members, problems }
}

type Complain = (text: string, section: string, start: number, end: number) => void

// False when there is no telling where the content is.
function readHead(bytes: Uint8Array, start: number, limit: number, out: Head, complain: Complain): boolean {
  if (start >= limit) {
    complain('der.truncated', '8.1.2', start, limit)
    return false
  }
  const first = bytes[start] ?? 0
  let at = start + 1
  let tag = first & 0x1f
  if (tag === 0x1f) {
    tag = 0
    for (let i = 0; ; i++) {
      // Four groups of seven bits: no real tag number is larger.
      if (at >= limit || i >= 4) {
        complain('der.truncated', '8.1.2', start, limit)
        return false
      }
      const byte = bytes[at] ?? 0
      if (i === 0 && byte === 0x80) complain('der.tag', '8.1.2.4.2', start, at + 1)
      at++
      tag = tag * 128 + (byte & 0x7f)
      if (byte < 0x80) break
    }
    if (tag < 0x1f) complain('der.tag', '8.1.2.2', start, at)
  }
  if (at >= limit) {
    complain('der.truncated', '8.1.3', start, limit)
    return false
  }
  const initial = bytes[at++] ?? 0
  out.tagClass = first >> 6
  out.tag = tag
  out.constructed = (first & 0x20) !== 0
  out.contentStart = at
  out.length = initial
  if (initial < 0x80) return true
  if (initial === 0x80) {
    complain('der.indefinite', '10.1', start, at)
    out.length = -1
    return out.constructed
  }
  const width = initial & 0x7f
  if (at + width > limit) {
    complain('der.truncated', '8.1.3', start, limit)
    return false
  }
  let length = 0
  for (let i = 0; i < width; i++) length = Math.min(length * 256 + (bytes[at + i] ?? 0), Number.MAX_SAFE_INTEGER)
  if (length < 0x80 || bytes[at] === 0) complain('der.length', '10.1', start, at + width)
  out.contentStart = at + width
  // One byte too many is enough to be found out.
  out.length = Math.min(length, limit - out.contentStart + 1)
  return true
}

const MUST_BE_CONSTRUCTED: ReadonlySet<number> = new Set([8, TAG.sequence, TAG.set])

function checkContent(element: DerElement, complain: Complain): void {
  const { bytes, start, end } = element.content
  const bad = (text: string, section: string) => complain(text, section, element.range.start, element.range.end)
  if (element.constructed !== MUST_BE_CONSTRUCTED.has(element.tag)) {
    bad('der.form', '10.2')
    return
  }
  const first = bytes[start] ?? 0
  const length = end - start
  switch (element.tag) {
    case 0:
      return bad('der.tag', '8.1.5')
    case TAG.boolean:
      return length === 1 && (first === 0 || first === 0xff) ? undefined : bad('der.boolean', '11.1')
    case TAG.integer:
    case TAG.enumerated: {
      const second = bytes[start + 1] ?? 0
      const padded = length > 1 && ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80))
      return length === 0 || padded ? bad('der.integer', '8.3.2') : undefined
    }
    case TAG.bitString: {
      const last = bytes[end - 1] ?? 0
      const isSound =
        length >= 1 && first <= 7 && (length > 1 || first === 0) && (first === 0 || (last & ((1 << first) - 1)) === 0)
      return isSound ? undefined : bad('der.bit-string', '11.2')
    }
    case TAG.null:
      return length === 0 ? undefined : bad('der.null', '8.8')
    case TAG.oid: {
      let isSound = length > 0 && (bytes[end - 1] ?? 0x80) < 0x80
      for (let i = start; i < end; i++)
        if (bytes[i] === 0x80 && (i === start || (bytes[i - 1] ?? 0) < 0x80)) isSound = false
      return isSound ? undefined : bad('der.oid', '8.19')
    }
    case TAG.utcTime:
    case TAG.generalizedTime:
      return timeOf(element) === undefined ? bad('der.time', '11.7') : undefined
    default:
      return undefined
  }
}

/** True for a universal element of that tag. */
export function isTag(element: DerElement | undefined, tag: number): element is DerElement {
  return element !== undefined && element.tagClass === 'universal' && element.tag === tag
}

/** True for `[number]`. */
export function isContext(element: DerElement | undefined, number: number): element is DerElement {
  return element !== undefined && element.tagClass === 'context' && element.tag === number
}

/** Members of a SEQUENCE; undefined when it is something else. */
export function sequenceOf(element: DerElement | undefined): readonly DerElement[] | undefined {
  return isTag(element, TAG.sequence) ? element.children : undefined
}

/** Content bytes, without copying. */
export function contentOf(element: DerElement): Uint8Array {
  return element.content.bytes.subarray(element.content.start, element.content.end)
}

/** The value of an INTEGER (or ENUMERATED). Undefined for other tags, and beyond the printing limit. */
export function integerOf(element: DerElement | undefined): bigint | undefined {
  if (!element || element.tagClass !== 'universal' || (element.tag !== TAG.integer && element.tag !== TAG.enumerated))
    return undefined
  return signed(contentOf(element))
}

function signed(content: Uint8Array): bigint | undefined {
  if (content.length === 0 || content.length > DER_PRINTED) return undefined
  let hex = '0x'
  for (const byte of content) hex += byte.toString(16).padStart(2, '0')
  const value = BigInt(hex)
  return (content[0] ?? 0) >= 0x80 ? value - (1n << BigInt(8 * content.length)) : value
}

/** A non-negative INTEGER that fits 31 bits: lengths, counts, versions. */
export function smallIntegerOf(element: DerElement | undefined): number | undefined {
  if (!element || element.content.end - element.content.start > 5) return undefined
  const value = integerOf(element)
  return value === undefined || value < 0n || value > 0x7fffffffn ? undefined : Number(value)
}

/** Dotted form of an OBJECT IDENTIFIER. */
export function oidOf(element: DerElement | undefined): string | undefined {
  return isTag(element, TAG.oid) ? dottedOid(contentOf(element)) : undefined
}

/** Dotted form of the content bytes of an OBJECT IDENTIFIER. */
export function dottedOid(content: Uint8Array): string | undefined {
  if (content.length === 0 || content.length > OID_PRINTED) return undefined
  const arcs: string[] = []
  let small = 0
  let large: bigint | undefined
  for (let i = 0; i < content.length; i++) {
    const byte = content[i] ?? 0
    if (large === undefined && small > 0x3ffffffffff) large = BigInt(small)
    if (large === undefined) small = small * 128 + (byte & 0x7f)
    else large = (large << 7n) | BigInt(byte & 0x7f)
    if (byte >= 0x80) {
      if (i === content.length - 1) return undefined
      continue
    }
    if (arcs.length > 0) arcs.push(String(large ?? small))
    else if (large !== undefined) arcs.push('2', String(large - 80n))
    else {
      const top = Math.min(2, Math.floor(small / 40))
      arcs.push(String(top), String(small - 40 * top))
    }
    small = 0
    large = undefined
  }
  return arcs.join('.')
}

/** Milliseconds since 1970 of a UTCTime or GeneralizedTime in the only forms that DER certificates may use. Undefined for impossible dates too. */
export function timeOf(element: DerElement | undefined): number | undefined {
  if (!element || element.tagClass !== 'universal' || element.constructed) return undefined
  const isUtc = element.tag === TAG.utcTime
  if (!isUtc && element.tag !== TAG.generalizedTime) return undefined
  const { bytes, start, end } = element.content
  const digits = isUtc ? 12 : 14
  if (end - start !== digits + 1 || bytes[end - 1] !== 0x5a) return undefined
  const pair = (at: number): number => {
    const tens = (bytes[start + at] ?? 0) - 0x30
    const ones = (bytes[start + at + 1] ?? 0) - 0x30
    return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? Number.NaN : tens * 10 + ones
  }
  const short = pair(0)
  // RFC 5280 section 4.1.2.5.1: two-digit years from 50 on are of the last century.
  const year = isUtc ? short + (short >= 50 ? 1900 : 2000) : short * 100 + pair(2)
  const rest = isUtc ? 2 : 4
  return instant(year, pair(rest), pair(rest + 2), pair(rest + 4), pair(rest + 6), pair(rest + 8))
}

function instant(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
): number | undefined {
  if (!(month >= 1 && month <= 12 && day >= 1 && hour <= 23 && minute <= 59 && second <= 59 && year >= 0))
    return undefined
  // Years below 100 would be read as 19xx by Date.UTC.
  const date = new Date(Date.UTC(2000, month - 1, day, hour, minute, second))
  date.setUTCFullYear(year, month - 1, day)
  return date.getUTCDate() === day && date.getUTCMonth() === month - 1 ? date.getTime() : undefined
}

const UTF8 = new TextDecoder('utf-8', { ignoreBOM: true })

/** Text of any of the string types. Bytes that are no such text become U+FFFD; they are never dropped. */
export function textOf(element: DerElement | undefined): string | undefined {
  if (!element || element.tagClass !== 'universal' || element.constructed) return undefined
  const content = contentOf(element)
  switch (element.tag) {
    case TAG.utf8:
      return UTF8.decode(content)
    case TAG.numeric:
    case TAG.printable:
    case TAG.ia5:
    case TAG.visible:
    case TAG.teletex:
      return latin1(content)
    case TAG.bmp:
      return wide(content, 2)
    case TAG.universal:
      return wide(content, 4)
    default:
      return undefined
  }
}

// TextDecoder('latin1') is windows-1252, which moves 0x80–0x9f.
function latin1(content: Uint8Array): string {
  let text = ''
  for (const byte of content) text += String.fromCharCode(byte)
  return text
}

function wide(content: Uint8Array, width: number): string {
  let text = ''
  for (let i = 0; i + width <= content.length; i += width) {
    let code = 0
    for (let j = 0; j < width; j++) code = code * 256 + (content[i + j] ?? 0)
    text += code > 0x10ffff ? '\ufffd' : String.fromCodePoint(code)
  }
  return content.length % width === 0 ? text : `${text}\ufffd`
}

/** Bits of a BIT STRING: the bytes after the count of unused bits. */
export function bitStringOf(
  element: DerElement | undefined,
): { readonly unused: number; readonly slice: Slice } | undefined {
  if (!isTag(element, TAG.bitString) || element.constructed || element.content.end === element.content.start)
    return undefined
  return {
    unused: element.content.bytes[element.content.start] ?? 0,
    slice: { ...element.content, start: element.content.start + 1 },
  }
}

/** Content of an OCTET STRING as a slice. */
export function octetStringOf(element: DerElement | undefined): Slice | undefined {
  return isTag(element, TAG.octetString) && !element.constructed ? element.content : undefined
}
