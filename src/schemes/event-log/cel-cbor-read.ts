import type { CborItem } from '../../bytes/cbor.ts'
import type { CelParts } from './cel-entry.ts'
import { NO_TYPE, typeNumberOf } from './event-types.ts'
import { ALGORITHM, type Digest } from './tcg.ts'

/** Records of a canonical event log as CBOR: TCG CEL 1.1, 5.2. One array of maps with numbers for keys. */

export const RECNUM = 0n
export const PCR = 1n
export const NV_INDEX = 2n
export const DIGESTS = 3n
export const CONTENT_TYPE = 9n
export const CONTENT = 10n

/** The value under a number; undefined for what is no map or lacks it. */
function at(item: CborItem | undefined, key: bigint): CborItem | undefined {
  return item?.kind === 'map'
    ? item.entries.find((entry) => entry.key.kind === 'int' && entry.key.value === key)?.value
    : undefined
}

const numberIn = (item: CborItem | undefined): number | undefined =>
  item?.kind === 'int' && item.value >= 0n && item.value <= 0xffffffffn ? Number(item.value) : undefined
const textIn = (item: CborItem | undefined): string | undefined => (item?.kind === 'text' ? item.text : undefined)
const bytesIn = (item: CborItem | undefined): Uint8Array | undefined =>
  item?.kind === 'bytes' ? item.content.bytes.subarray(item.content.start, item.content.end) : undefined

function digestsIn(item: CborItem | undefined): Digest[] {
  if (item?.kind !== 'array') return []
  return item.items.slice(0, 16).flatMap((one) => {
    const hash = ALGORITHM[numberIn(at(one, 0n)) ?? 0]
    const value = bytesIn(at(one, 1n))
    return hash && value ? [{ hash, value }] : []
  })
}

/** What a record says, or undefined where it is none. */
export function partsOf(record: CborItem): CelParts | undefined {
  const pcr = numberIn(at(record, PCR))
  const nv = numberIn(at(record, NV_INDEX))
  const content = at(record, CONTENT)
  if (numberIn(at(record, RECNUM)) === undefined || content === undefined) return undefined
  const first = at(content, 0n)
  const second = at(content, 1n)
  const typeText = textIn(first)
  const named = typeText === undefined ? NO_TYPE : typeNumberOf(typeText)
  const kind = at(record, CONTENT_TYPE)
  return {
    register: pcr !== undefined ? `PCR${pcr}` : nv !== undefined ? `NV${nv.toString(16)}` : '',
    digests: digestsIn(at(record, DIGESTS)),
    contentType: textIn(kind) ?? (kind?.kind === 'int' ? `content ${kind.value}` : ''),
    typeNumber: numberIn(first) ?? (named === NO_TYPE ? undefined : named),
    typeText,
    text: textIn(second),
    data: bytesIn(second),
  }
}

/** True when the bytes are such an array: its first record has a number, digests and a content. */
export function isCelCbor(item: CborItem | undefined): boolean {
  const first = item?.kind === 'array' ? item.items[0] : undefined
  const parts = first && partsOf(first)
  return parts !== undefined && parts.register !== '' && parts.digests.length > 0
}
