import type { HashLabel } from '../../core/derived.ts'
import type { Slice } from '../../core/place.ts'
import { Cursor } from './cursor.ts'
import { ALGORITHM, EVENT_LIMIT, registerName, type Digest } from './tcg.ts'

/** Records of a canonical event log in type-length-value form: TCG CEL 1.0, 5.1. */

export interface Tlv {
  readonly type: number
  readonly start: number
  readonly from: number
  readonly end: number
}

export interface CelRecord {
  readonly start: number
  readonly end: number
  readonly register: string
  readonly digests: readonly Digest[]
  readonly content: Tlv
}

/** One type, length and value. */
export function tlvAt(slice: Slice, at: number): Tlv | undefined {
  const cursor = new Cursor(slice, at)
  const type = cursor.le(1)
  const length = cursor.be()
  const from = cursor.at
  cursor.skip(length)
  return cursor.short ? undefined : { type, start: at, from, end: cursor.at }
}

/** A number, most significant byte first. */
export function numberOf({ bytes }: Slice, { from, end }: Tlv): number {
  let value = 0
  for (let at = from; at < end; at++) value = value * 256 + (bytes[at] ?? 0)
  return value
}

/** TLVs that fill their bytes exactly; undefined otherwise. */
export function inside(slice: Slice, { from, end }: Tlv): readonly Tlv[] | undefined {
  const found: Tlv[] = []
  for (let at = from; at < end && found.length < 64;) {
    const next = tlvAt({ ...slice, end }, at)
    if (!next) return undefined
    found.push(next)
    at = next.end
  }
  return found
}

/** Reads records as far as they make sense. */
export function readCelTlv(slice: Slice, limit = EVENT_LIMIT): readonly CelRecord[] {
  const records: CelRecord[] = []
  for (let at = slice.start; at < slice.end && records.length < limit;) {
    const record = recordAt(slice, at)
    if (!record) break
    records.push(record)
    at = record.end
  }
  return records
}

function recordAt(slice: Slice, at: number): CelRecord | undefined {
  const number = tlvAt(slice, at)
  const index = number?.type === 0 && number.end - number.from <= 8 ? tlvAt(slice, number.end) : undefined
  if (!index || index.end - index.from > 4) return undefined
  const value = numberOf(slice, index)
  const register =
    index.type === 1
      ? `PCR${value}`
      : index.type === 108
        ? registerName(value, true)
        : index.type === 2
          ? `NV${value.toString(16)}`
          : undefined
  const list = tlvAt(slice, index.end)
  const digests = list?.type === 3 ? inside(slice, list) : undefined
  const content = list && tlvAt(slice, list.end)
  if (register === undefined || !digests || !content) return undefined
  return {
    start: at,
    end: content.end,
    register,
    content,
    digests: digests.flatMap((one) => {
      const hash: HashLabel | undefined = ALGORITHM[one.type]
      return hash ? [{ hash, value: slice.bytes.subarray(one.from, one.end) }] : []
    }),
  }
}
