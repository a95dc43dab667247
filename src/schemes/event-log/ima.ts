import type { HashLabel } from '../../core/derived.ts'
import { say } from '../../core/saying.ts'
import type { Slice } from '../../core/place.ts'
import { fromHex, isZero, sameBytes } from '../../bytes/layout.ts'
import { joinBytes } from '../../bytes/join.ts'
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
    const line = new TextDecoder().decode(slice.bytes.subarray(at, end)).replace(/\r?\n$/, '')
    const record = line.length > LONGEST ? undefined : lineRecord(line)
    if (!record) break
    records.push({ start: at, end, ...record })
    at = end
  }
  return records
}

const LINE = /^ *(\d{1,2}) +([0-9a-f]{40}|[0-9a-f]{64}|[0-9a-f]{96}|[0-9a-f]{128}) (\S+) (\S+) ?(.*)$/

function lineRecord(line: string): Omit<ImaRecord, 'start' | 'end'> | undefined {
  const found = LINE.exec(line)
  if (!found) return undefined
  const [, pcr = '', hashText = '', template = '', digestText = '', rest = ''] = found
  const templateHash = fromHex(hashText) ?? new Uint8Array()
  const hash = HASH_OF_SIZE[templateHash.length] ?? 'sha1'
  const candidates = dataOf(template, digestText, rest)
  const holding = candidates.find(({ data }) => sameBytes(hashNow(hash, data), templateHash))
  const taken = holding ?? candidates[0]
  return { pcr: Number(pcr), templateHash, template, data: taken?.data, isWhole: true, words: taken?.path ?? rest }
}

/** What the line's fields may be: a path may hold spaces, and a signature may be empty. */
function dataOf(template: string, digestText: string, rest: string): readonly { data: Uint8Array; path: string }[] {
  const colon = digestText.lastIndexOf(':')
  const digest = fromHex(colon < 0 ? digestText : digestText.slice(colon + 1))
  if (!digest) return []
  if (template === 'ima') {
    const padded = new Uint8Array(256)
    padded.set(ENCODER.encode(rest).subarray(0, 256))
    return [{ data: joinBytes([digest, padded]), path: rest }]
  }
  const first = joinBytes([ENCODER.encode(`${digestText.slice(0, colon + 1)}\0`), digest])
  const made = (path: string, ...more: readonly Uint8Array[]) => ({
    path,
    data: joinBytes([first, ENCODER.encode(`${path}\0`), ...more].flatMap((field) => [le32(field.length), field])),
  })
  const words = rest.split(' ')
  const last = words.length > 1 ? fromHex(words.at(-1) ?? '') : undefined
  const before = words.slice(0, -1).join(' ')
  switch (template) {
    case 'ima-ng':
    case 'ima-ngv2':
      return [made(rest)]
    case 'ima-sig':
    case 'ima-sigv2':
    case 'ima-buf':
      return [
        ...(last ? [made(before, last)] : []),
        made(rest, new Uint8Array()),
        made(rest.replace(/ +$/, ''), new Uint8Array()),
      ]
    default:
      return []
  }
}

function le32(value: number): Uint8Array {
  return Uint8Array.from([value, value >>> 8, value >>> 16, value >>> 24])
}

/** A trust domain's kernel writes RTMR numbers and SHA-384. */
function registerOf({ pcr, templateHash }: ImaRecord): string {
  return templateHash.length === 48 && pcr < 4 ? `RTMR${pcr}` : `PCR${pcr}`
}

/** Entries of the list. Of another bank than the list's the data are hashed again. A violation extends ones. */
export function imaEntries(slice: Slice, records: readonly ImaRecord[]): readonly Entry[] {
  return records.map((record, index): Entry => {
    const { templateHash, data, start, end } = record
    const hash = HASH_OF_SIZE[templateHash.length] ?? 'sha1'
    const isViolation = isZero(templateHash)
    const holds = data !== undefined && record.isWhole && sameBytes(hashNow(hash, data), templateHash)
    const own = { hash, value: isViolation ? new Uint8Array(templateHash.length).fill(0xff) : templateHash }
    const second = isViolation
      ? { hash: 'sha256' as const, value: new Uint8Array(32).fill(0xff) }
      : data && holds && hash === 'sha1'
        ? { hash: 'sha256' as const, value: hashNow('sha256', data) }
        : undefined
    const range = { space: slice.space, start, end }
    return {
      path: `events[${index}]`,
      ranges: [range],
      register: registerOf(record),
      type: record.template,
      words: record.words,
      covered: holds ? 'whole' : 'none',
      coveredRanges: holds ? [range] : [],
      digests: [own, ...(second && hash === 'sha1' ? [second] : [])],
      extends: true,
      ...(isViolation ? { odd: say('log.odd.violation') } : holds ? {} : { odd: say('log.odd.digest') }),
    }
  })
}
