import type { HashLabel } from '../../core/derived.ts'
import { say } from '../../core/saying.ts'
import type { Slice } from '../../core/place.ts'
import { fromHex, isZero, sameBytes } from '../../bytes/layout.ts'
import { hashNow } from '../../crypto/hash.ts'
import type { ImaRecord } from './ima-read.ts'
import type { Entry } from './model.ts'
import { EVENT_LIMIT } from './tcg.ts'

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
export function readImaAscii(slice: Slice): readonly ImaRecord[] {
  const records: ImaRecord[] = []
  for (let at = slice.start; at < slice.end && records.length < EVENT_LIMIT;) {
    const newline = slice.bytes.indexOf(0x0a, at)
    const end = newline < 0 || newline >= slice.end ? slice.end : newline + 1
    const line = lineIn(slice.bytes.subarray(at, end))
    const record = line.length > LONGEST ? undefined : lineRecord(line)
    if (!record) break
    records.push({ start: at, end, ...record })
    at = end
  }
  return records
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
    if (isSized) for (let i = 0; i < 4; i++) sheet[at + i] = size >>> (8 * i)
    at = from + size
  }
  return sheet.subarray(0, at)
}

/** Of another bank than the list's the data are hashed again. */
const secondOf = (hash: HashLabel, data: Uint8Array): Uint8Array | undefined =>
  hash === 'sha1' ? hashNow('sha256', data) : undefined

/** A trust domain's kernel writes RTMR numbers and SHA-384. */
function registerOf({ pcr, templateHash }: ImaRecord): string {
  return templateHash.length === 48 && pcr < 4 ? `RTMR${pcr}` : `PCR${pcr}`
}

/** Entries of the list. A violation extends ones. */
export function imaEntries(slice: Slice, records: readonly ImaRecord[]): readonly Entry[] {
  return records.map((record, index): Entry => {
    const { templateHash, start, end } = record
    const hash = HASH_OF_SIZE[templateHash.length] ?? 'sha1'
    const isViolation = isZero(templateHash)
    const { holds, second } = record.known ?? knownOf(record, hash)
    const own = { hash, value: isViolation ? new Uint8Array(templateHash.length).fill(0xff) : templateHash }
    const other = isViolation ? new Uint8Array(32).fill(0xff) : second
    const range = { space: slice.space, start, end }
    const ranges = [range]
    return {
      path: `events[${index}]`,
      ranges,
      register: registerOf(record),
      type: record.template,
      words: record.words,
      covered: holds ? 'whole' : 'none',
      coveredRanges: holds ? ranges : [],
      digests: other && hash === 'sha1' ? [own, { hash: 'sha256', value: other }] : [own],
      extends: true,
      ...(isViolation ? { isOdd: say('log.odd.violation') } : holds ? {} : { isOdd: say('log.odd.digest') }),
    }
  })
}

function knownOf({ data, isWhole, templateHash }: ImaRecord, hash: HashLabel): NonNullable<ImaRecord['known']> {
  const holds = data !== undefined && isWhole && sameBytes(hashNow(hash, data), templateHash)
  return { holds, second: holds ? secondOf(hash, data) : undefined }
}
