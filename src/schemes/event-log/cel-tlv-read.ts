import type { HashLabel } from '../../core/derived.ts'
import type { Slice } from '../../core/place.ts'
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

/** One type, length and value that ends before `end`. */
export function tlvAt({ bytes, end: limit }: Slice, at: number, end = limit): Tlv | undefined {
  const from = at + 5
  if (from > end) return undefined
  const length =
    (bytes[at + 1] ?? 0) * 0x1000000 +
    (bytes[at + 2] ?? 0) * 0x10000 +
    (bytes[at + 3] ?? 0) * 256 +
    (bytes[at + 4] ?? 0)
  return length > end - from ? undefined : { type: bytes[at] ?? 0, start: at, from, end: from + length }
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
    const next = tlvAt(slice, at, end)
    if (!next) return undefined
    found.push(next)
    at = next.end
  }
  return found
}

/** Reads records as far as they make sense. */
export function* readCelTlv(slice: Slice, limit = EVENT_LIMIT): Generator<CelRecord> {
  let at = slice.start
  for (let count = 0; at < slice.end && count < limit; count++) {
    const record = recordAt(slice, at)
    if (!record) return
    yield record
    at = record.end
  }
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
