import type { HashLabel, WordsCovered } from '../../core/derived.ts'
import type { ByteRange, Slice } from '../../core/place.ts'
import { say, type Saying } from '../../core/saying.ts'
import { fromHex, isZero, sameBytes } from '../../bytes/layout.ts'
import { hashNow } from '../../crypto/hash.ts'
import { tightHash } from '../../crypto/tight-hash.ts'
import { isDigestOf } from './coverage.ts'
import type { ImaRecord } from './ima-read.ts'
import type { Entry } from './model.ts'
import { EVENT_LIMIT, type Digest } from './tcg.ts'

/** Lists of Linux' Integrity Measurement Architecture as text, and what both forms come to. */

export const HASH_OF_SIZE: Readonly<Record<number, HashLabel>> = {
  20: 'sha1',
  32: 'sha256',
  48: 'sha384',
  64: 'sha512',
}
const ENCODER = new TextEncoder()
const LONGEST = 1 << 20

/** The list as text. */
export function* readImaAscii(slice: Slice): Generator<ImaRecord> {
  let at = slice.start
  for (let count = 0; at < slice.end && count < EVENT_LIMIT; count++) {
    const newline = slice.bytes.indexOf(0x0a, at)
    const end = newline < 0 || newline >= slice.end ? slice.end : newline + 1
    const record = plainRecord(slice.bytes, at, end) ?? lineRecord(lineIn(slice.bytes.subarray(at, end)))
    if (!record) return
    yield { start: at, end, ...record }
    at = end
  }
}

const UTF8 = new TextDecoder()

/** Without its end. */
function lineIn(bytes: Uint8Array): string {
  let end = bytes.length
  if (bytes[end - 1] === 0x0a) end -= bytes[end - 2] === 0x0d ? 2 : 1
  return UTF8.decode(bytes.subarray(0, end))
}

const LINE = /^ *(\d{1,2}) +([0-9a-f]{40}|[0-9a-f]{64}|[0-9a-f]{96}|[0-9a-f]{128}) (\S+) (\S+) ?(.*)$/

function lineRecord(line: string): Omit<ImaRecord, 'start' | 'end'> | undefined {
  if (line.length > LONGEST) return undefined
  const found = LINE.exec(line)
  if (!found) return undefined
  const [, pcr = '', hashText = '', template = '', digestText = '', rest = ''] = found
  const templateHash = fromHex(hashText) ?? new Uint8Array()
  const hash = HASH_OF_SIZE[templateHash.length] ?? 'sha1'
  const readings = readingsOf(template, digestText, rest)
  const common = { pcr: Number(pcr), templateHash, template, data: undefined, isWhole: true }
  for (const { path, fields } of readings) {
    const data = written(fields, template !== 'ima')
    if (sameBytes(hashNow(hash, data), templateHash))
      return { ...common, words: path, known: { holds: true, second: secondOf(hash, data) } }
  }
  return { ...common, words: readings[0]?.path ?? rest, known: { holds: false, second: undefined } }
}

const SPACE = 0x20
const NAME_IN_LINE = ENCODER.encode(' ima-ng ')

/** A line as nearly all are, whose data hash to its template hash: read without a text of each of its parts. Undefined for any other. */
function plainRecord(bytes: Uint8Array, from: number, lineEnd: number): Omit<ImaRecord, 'start' | 'end'> | undefined {
  let end = lineEnd
  if (bytes[end - 1] === 0x0a) end -= bytes[end - 2] === 0x0d ? 2 : 1
  const pcrEnd = from + (bytes[from + 1] === SPACE ? 1 : 2)
  const pcr = decimalIn(bytes, from, pcrEnd)
  const hashEnd = hexEnd(bytes, pcrEnd + 1, end)
  const hash = HASH_OF_SIZE[(hashEnd - pcrEnd - 1) / 2]
  if (pcr === undefined || bytes[pcrEnd] !== SPACE || !hash || end - from > LONGEST) return undefined
  for (let i = 0; i < NAME_IN_LINE.length; i++) if (bytes[hashEnd + i] !== NAME_IN_LINE[i]) return undefined
  const nameFrom = hashEnd + NAME_IN_LINE.length
  let digestFrom = nameFrom
  while (digestFrom < end && bytes[digestFrom] !== 0x3a && bytes[digestFrom] !== SPACE) digestFrom++
  digestFrom++
  const digestEnd = hexEnd(bytes, digestFrom, end)
  const isDigest = bytes[digestFrom - 1] === 0x3a && digestEnd > digestFrom && (digestEnd - digestFrom) % 2 === 0
  if (!isDigest || bytes[digestEnd] !== SPACE || digestEnd >= end) return undefined
  const [name, digest, path] = [digestFrom - nameFrom + 1, (digestEnd - digestFrom) / 2, end - digestEnd]
  const size = 8 + name + digest + path
  if (size > sheet.length) sheet = new Uint8Array(2 * size)
  // The name with its colon and a NUL, the digest; the path with a NUL.
  putLength(0, name + digest)
  for (let i = 0; i < name - 1; i++) sheet[4 + i] = bytes[nameFrom + i] ?? 0
  sheet[3 + name] = 0
  putHex(4 + name, bytes, digestFrom, digest)
  putLength(4 + name + digest, path)
  for (let i = 0; i < path - 1; i++) sheet[8 + name + digest + i] = bytes[digestEnd + 1 + i] ?? 0
  sheet[size - 1] = 0
  const data = sheet.subarray(0, size)
  const own = tightHash(hash)
  own.hash(data, 0, size)
  const made = new Uint8Array(own.size)
  own.write(made, 0)
  for (let i = 0; i < made.length; i++) if (made[i] !== hexAt(bytes, pcrEnd + 1 + 2 * i)) return undefined
  return {
    pcr,
    templateHash: made,
    template: 'ima-ng',
    data: undefined,
    isWhole: true,
    words: UTF8.decode(bytes.subarray(digestEnd + 1, end)),
    known: { holds: true, second: secondOf(hash, data) },
  }
}

function decimalIn(bytes: Uint8Array, from: number, end: number): number | undefined {
  let value = 0
  for (let at = from; at < end; at++) {
    const digit = (bytes[at] ?? 0) - 0x30
    if (digit < 0 || digit > 9) return undefined
    value = value * 10 + digit
  }
  return value
}

/** Behind the digits of lower-case hex. */
function hexEnd(bytes: Uint8Array, from: number, end: number): number {
  let at = from
  while (at < end && hexDigit(bytes[at] ?? 0) >= 0) at++
  return at
}

const hexDigit = (byte: number): number =>
  byte >= 0x30 && byte <= 0x39 ? byte - 0x30 : byte >= 0x61 && byte <= 0x66 ? byte - 0x57 : -1
const hexAt = (bytes: Uint8Array, at: number): number => 16 * hexDigit(bytes[at] ?? 0) + hexDigit(bytes[at + 1] ?? 0)

function putHex(to: number, bytes: Uint8Array, from: number, size: number): void {
  for (let i = 0; i < size; i++) sheet[to + i] = hexAt(bytes, from + 2 * i)
}

function putLength(at: number, size: number): void {
  for (let i = 0; i < 4; i++) sheet[at + i] = size >>> (8 * i)
}

interface Reading {
  readonly path: string
  readonly fields: readonly (string | Uint8Array)[]
}

/** What the line's fields may be: a path may hold spaces, and a signature may be empty. */
function readingsOf(template: string, digestText: string, rest: string): readonly Reading[] {
  const colon = digestText.lastIndexOf(':')
  const digest = fromHex(colon < 0 ? digestText : digestText.slice(colon + 1))
  if (!digest) return []
  if (template === 'ima') {
    const padded = new Uint8Array(256)
    padded.set(ENCODER.encode(rest).subarray(0, 256))
    return [{ path: rest, fields: [digest, padded] }]
  }
  const algorithm = ENCODER.encode(`${digestText.slice(0, colon + 1)}\0`)
  const first = new Uint8Array(algorithm.length + digest.length)
  first.set(algorithm)
  first.set(digest, algorithm.length)
  const reading = (path: string, ...more: readonly Uint8Array[]) => ({ path, fields: [first, `${path}\0`, ...more] })
  switch (template) {
    case 'ima-ng':
    case 'ima-ngv2':
      return [reading(rest)]
    case 'ima-sig':
    case 'ima-sigv2':
    case 'ima-buf': {
      const words = rest.split(' ')
      const last = words.length > 1 ? fromHex(words.at(-1) ?? '') : undefined
      return [
        ...(last ? [reading(words.slice(0, -1).join(' '), last)] : []),
        reading(rest, new Uint8Array()),
        reading(rest.replace(/ +$/, ''), new Uint8Array()),
      ]
    }
    default:
      return []
  }
}

/** What is hashed is written over what was hashed before: a hundred thousand pieces of memory of their own are most of the work otherwise. */
let sheet = new Uint8Array(4096)

/** The fields, each behind its length or one right behind another. Until the next call. */
function written(fields: readonly (string | Uint8Array)[], isSized: boolean): Uint8Array {
  // No character takes more than three bytes of UTF-8 for each of its units.
  const most = fields.reduce((sum, field) => sum + 4 + (typeof field === 'string' ? 3 : 1) * field.length, 0)
  if (most > sheet.length) sheet = new Uint8Array(2 * most)
  let at = 0
  for (const field of fields) {
    const from = isSized ? at + 4 : at
    let size = field.length
    if (typeof field === 'string') size = ENCODER.encodeInto(field, sheet.subarray(from)).written
    else sheet.set(field, from)
    if (isSized) putLength(at, size)
    at = from + size
  }
  return sheet.subarray(0, at)
}

/** Of another bank than the list's the data are hashed again. */
function secondOf(hash: HashLabel, data: Uint8Array): Uint8Array | undefined {
  if (hash !== 'sha1') return undefined
  const own = tightHash('sha256')
  own.hash(data, 0, data.length)
  const made = new Uint8Array(own.size)
  own.write(made, 0)
  return made
}

/** A trust domain's kernel writes RTMR numbers and SHA-384. */
function registerOf({ pcr, templateHash }: ImaRecord): string {
  return templateHash.length === 48 && pcr < 4 ? `RTMR${pcr}` : `PCR${pcr}`
}

const NO_RANGES: readonly ByteRange[] = []

/** An entry with what covers it; all else is made when it is asked for. A violation extends ones. */
export class ImaEntry implements Entry {
  readonly extends = true
  readonly #slice: Slice
  readonly #record: ImaRecord
  readonly #index: number
  readonly #hash: HashLabel
  readonly #known: NonNullable<ImaRecord['known']>

  constructor(slice: Slice, record: ImaRecord, index: number) {
    this.#slice = slice
    this.#record = record
    this.#index = index
    this.#hash = HASH_OF_SIZE[record.templateHash.length] ?? 'sha1'
    this.#known = record.known ?? knownOf(record, this.#hash)
  }

  get path(): string {
    return `events[${this.#index}]`
  }

  get ranges(): readonly ByteRange[] {
    return [{ space: this.#slice.space, start: this.#record.start, end: this.#record.end }]
  }

  get register(): string {
    return registerOf(this.#record)
  }

  get type(): string {
    return this.#record.template
  }

  get words(): string {
    return this.#record.words
  }

  get covered(): WordsCovered {
    return this.#known.holds ? 'whole' : 'none'
  }

  get coveredRanges(): readonly ByteRange[] {
    return this.#known.holds ? this.ranges : NO_RANGES
  }

  get isOdd(): Saying | undefined {
    return this.#isViolation ? say('log.odd.violation') : this.#known.holds ? undefined : say('log.odd.digest')
  }

  get digests(): readonly Digest[] {
    const { templateHash } = this.#record
    const ones = (size: number) => new Uint8Array(size).fill(0xff)
    const own = { hash: this.#hash, value: this.#isViolation ? ones(templateHash.length) : templateHash }
    const other = this.#isViolation ? ones(32) : this.#known.second
    return other && this.#hash === 'sha1' ? [own, { hash: 'sha256', value: other }] : [own]
  }

  get #isViolation(): boolean {
    return isZero(this.#record.templateHash)
  }
}

function knownOf({ data, isWhole, templateHash }: ImaRecord, hash: HashLabel): NonNullable<ImaRecord['known']> {
  const holds = data !== undefined && isWhole && isDigestOf([{ hash, value: templateHash }], data)
  return { holds, second: holds ? secondOf(hash, data) : undefined }
}
