import { joinBytes } from '../bytes/join.ts'
import { Inflate } from 'fflate'
import type { Problem } from '../core/field.ts'
import { rangeOf, type Slice } from '../core/place.ts'
import { say } from '../core/saying.ts'
import { hexOffset } from '../bytes/layout.ts'
import { derive } from './derive.ts'
import { DECODED_LIMIT, RATIO_FLOOR, RATIO_LIMIT, type Unwrapped } from './types.ts'

/** A compressed layer: either its bytes, or why they were not given. */
export type Inflated =
  | { readonly read: Unwrapped; readonly problem?: undefined }
  | { readonly read?: undefined; readonly problem: Problem }

/** Steps in which input is fed: a bomb is stopped after at most one step's output. */
const STEP = 4096

/** Raw deflate (RFC 1951) over the whole slice. Stops at the limits; nothing is believed about sizes. Data that ends early gives what was there. */
export function openDeflate(slice: Slice, limit = DECODED_LIMIT): Inflated {
  const { bytes, wrong } = inflate(slice, limit)
  const because = (text: string) => ({
    because: say(text, { at: hexOffset(slice.start), limit: wrong === 'inflate.ratio' ? RATIO_LIMIT : limit }),
    range: rangeOf(slice),
  })
  if (wrong !== undefined && (wrong !== 'inflate.truncated' || bytes.length === 0)) return { problem: because(wrong) }
  return { read: derive(slice, 'inflate', bytes, undefined, wrong === undefined ? [] : [because(wrong)]) }
}

/** Most members of one gzip file; of a large one fewer, as each is looked for in all that follows. */
const MEMBERS = 256
const MEMBER_WORK = 128 * 1024 * 1024

/** Gzip (RFC 1952); undefined when the slice does not begin like one. Members that follow one another (`cat a.gz b.gz`, block gzip) are one stream. */
export function openGzip(slice: Slice): Inflated | undefined {
  const first = openMember(slice)
  if (!first?.inflated.read || first.next === undefined) return first?.inflated
  const chunks = [first.inflated.read.space.bytes]
  let size = chunks[0]?.length ?? 0
  let problems = first.inflated.read.problems
  const members = Math.min(MEMBERS, 4 + Math.floor(MEMBER_WORK / (slice.end - slice.start)))
  for (let at: number | undefined = first.next, count = 1; at !== undefined; count++) {
    const rest: Slice = { ...slice, start: at }
    const member: Member | undefined = openMember(rest)
    // What is no member is what stands behind the last one.
    if (!member) break
    const own: Inflated = member.inflated
    if (!own.read) return own
    size += own.read.slice.end
    const problem = (text: string, limit: number) => ({
      problem: { because: say(text, { at: hexOffset(slice.start), limit }), range: rangeOf(slice) },
    })
    if (size > DECODED_LIMIT) return problem('inflate.too-large', DECODED_LIMIT)
    if (count >= members) return problem('inflate.too-many-members', members)
    chunks.push(own.read.space.bytes)
    problems = own.read.problems
    at = member.next
  }
  return { read: derive(slice, 'inflate', joinBytes(chunks), undefined, problems) }
}

interface Member {
  readonly inflated: Inflated
  /** Where another member begins. */ readonly next: number | undefined
}

function openMember(slice: Slice): Member | undefined {
  const { bytes, start, end } = slice
  if (!isGzip(slice, start)) return undefined
  const flags = bytes[start + 3] ?? 0
  let at = start + 10
  const pastNul = () => {
    while (at < end && bytes[at] !== 0) at++
    at++
  }
  if (flags & 4) at += 2 + (bytes[at] ?? 0) + ((bytes[at + 1] ?? 0) << 8)
  if (flags & 8) pastNul()
  if (flags & 16) pastNul()
  if (flags & 2) at += 2
  const from = Math.min(at, end)
  const inflated = withCheck(slice, from, (out) => [...littleEndian(crc32(out)), ...littleEndian(out.length)])
  if (!inflated.read) return { inflated, next: undefined }
  const out = inflated.read.space.bytes
  const check = [...littleEndian(crc32(out)), ...littleEndian(out.length)]
  for (let found = findFirst(bytes, from, end, check); found >= 0; found = findFirst(bytes, found + 1, end, check)) {
    const next = found + check.length
    if (isGzip(slice, next)) return { inflated, next }
  }
  return { inflated, next: undefined }
}

function isGzip({ bytes, end }: Slice, at: number): boolean {
  return end - at >= 10 && bytes[at] === 0x1f && bytes[at + 1] === 0x8b && bytes[at + 2] === 8
}

/** Zlib (RFC 1950); undefined when the slice does not begin like it. */
export function openZlib(slice: Slice): Inflated | undefined {
  const { bytes, start, end } = slice
  const method = bytes[start] ?? 0
  const flags = bytes[start + 1] ?? 0
  // A preset dictionary (bit 5) is not known here.
  if (
    end - start < 6 ||
    (method & 15) !== 8 ||
    method >> 4 > 7 ||
    (method * 256 + flags) % 31 !== 0 ||
    (flags & 0x20) !== 0
  )
    return undefined
  return withCheck(slice, start + 2, (out) => littleEndian(adler32(out)).reverse())
}

/** The bytes of a gzip file; undefined when there are none to be had. */
export function readGzip(slice: Slice): Unwrapped | undefined {
  return openGzip(slice)?.read
}

/** The bytes of raw deflate or zlib; undefined when there are none to be had. */
export function readDeflate(slice: Slice): Unwrapped | undefined {
  return openZlib(slice)?.read ?? openDeflate(slice).read
}

/** Inflates from `from` on and looks for the check value behind the data, which also says where the data ends. */
function withCheck(slice: Slice, from: number, checkOf: (out: Uint8Array) => readonly number[]): Inflated {
  const opened = openDeflate({ ...slice, start: from })
  if (!opened.read) return opened
  const out = opened.read.space.bytes
  const problems: Problem[] = [...opened.read.problems]
  const complain = (text: string, start: number) =>
    problems.push({
      because: say(text, { at: hexOffset(start), count: slice.end - start }),
      range: { space: slice.space, start, end: slice.end },
    })
  if (problems.length === 0) {
    const check = checkOf(out)
    const found = findLast(slice.bytes, from, slice.end, check)
    if (found < 0) complain('inflate.check-value', Math.max(from, slice.end - check.length))
    else if (found + check.length < slice.end) complain('inflate.trailing', found + check.length)
  }
  // The place of the whole file, not of the data in it.
  return { read: derive(slice, 'inflate', out, undefined, problems) }
}

type Outcome = {
  readonly bytes: Uint8Array
  readonly wrong?: 'inflate.truncated' | 'inflate.damaged' | 'inflate.too-large' | 'inflate.ratio'
}

class Stop extends Error {}

/** A first block that is stored says its length twice, the second time inverted (RFC 1951, 3.2.4). The library does not compare them: bytes that begin with zeros (a length before a document) would pass for such a block. */
function isStoredWrongly({ bytes, start, end }: Slice): boolean {
  if (((bytes[start] ?? 0) & 0b110) !== 0 || end - start < 5) return false
  const [, low = 0, high = 0, inverseLow = 0, inverseHigh = 0] = bytes.subarray(start, start + 5)
  return (low ^ inverseLow) !== 0xff || (high ^ inverseHigh) !== 0xff
}

function inflate(slice: Slice, limit: number): Outcome {
  const { bytes, start, end } = slice
  if (isStoredWrongly(slice)) return { bytes: new Uint8Array(), wrong: 'inflate.damaged' }
  const chunks: Uint8Array[] = []
  let size = 0
  let wrong: 'inflate.too-large' | 'inflate.ratio' | undefined
  const stream = new Inflate((chunk) => {
    size += chunk.length
    if (size > limit) wrong = 'inflate.too-large'
    else if (size > RATIO_FLOOR && size > (end - start) * RATIO_LIMIT) wrong = 'inflate.ratio'
    if (wrong) throw new Stop()
    if (chunk.length > 0) chunks.push(chunk)
  })
  let isLast = false
  let failed: 'inflate.truncated' | 'inflate.damaged' | undefined
  try {
    for (let at = start; !isLast; at += STEP) {
      isLast = at + STEP >= end
      stream.push(bytes.subarray(at, Math.min(end, at + STEP)), isLast)
    }
  } catch (thrown) {
    // Code 0 is "unexpected end"; every other code says that the data are not deflate.
    if (!wrong)
      failed =
        isLast && typeof thrown === 'object' && thrown !== null && 'code' in thrown && thrown.code === 0
          ? 'inflate.truncated'
          : 'inflate.damaged'
  }
  if (wrong) return { bytes: new Uint8Array(), wrong }
  const out = joinBytes(chunks)
  return failed ? { bytes: out, wrong: failed } : { bytes: out }
}

function findLast(bytes: Uint8Array, from: number, end: number, wanted: readonly number[]): number {
  for (let at = end - wanted.length; at >= from; at--) if (wanted.every((byte, i) => bytes[at + i] === byte)) return at
  return -1
}

function findFirst(bytes: Uint8Array, from: number, end: number, wanted: readonly number[]): number {
  const within = bytes.subarray(0, end)
  for (let at = within.indexOf(wanted[0] ?? 0, from); at >= 0; at = within.indexOf(wanted[0] ?? 0, at + 1))
    if (wanted.every((byte, i) => within[at + i] === byte)) return at
  return -1
}

function littleEndian(value: number): number[] {
  return [value & 255, (value >>> 8) & 255, (value >>> 16) & 255, (value >>> 24) & 255]
}

const CRC = Uint32Array.from({ length: 256 }, (_, n) => {
  let value = n
  for (let k = 0; k < 8; k++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1
  return value >>> 0
})

/** CRC-32 as gzip and zip have it. */
export function crc32(bytes: Uint8Array): number {
  let value = 0xffffffff
  for (const byte of bytes) value = (CRC[(value ^ byte) & 255] ?? 0) ^ (value >>> 8)
  return (value ^ 0xffffffff) >>> 0
}

function adler32(bytes: Uint8Array): number {
  let a = 1
  let b = 0
  for (const byte of bytes) {
    a = (a + byte) % 65521
    b = (b + a) % 65521
  }
  return ((b << 16) | a) >>> 0
}
