import { bytesOf, rangeOf, type Located, type Slice, type Space } from '../../core/place.ts'
import { readCbor, type CborEntry, type CborItem, type CborReading } from '../../bytes/cbor.ts'
import { embeddedSlice } from '../../bytes/cbor-node.ts'
import { readCose, valueAt, withoutTags, type CoseMessage } from '../../envelope/cose.ts'

/** What a CBOR Web Token says, as far as it could be read. */
export interface Cwt {
  readonly slice: Slice
  readonly reading: CborReading
  readonly message: CoseMessage | undefined
  readonly payload: { readonly slice: Slice; readonly reading: CborReading; readonly entries: readonly CborEntry[] } | undefined
}

/** Reads a token; never throws. */
export function readCwt(slice: Slice): { readonly cwt: Cwt; readonly spaces: readonly Space[] } {
  const { message, reading, spaces } = readCose(slice)
  const opened = message?.payload && embeddedSlice(message.payload)
  const inner = opened && readCbor(opened.slice)
  const { item } = withoutTags(inner?.item)
  return {
    spaces: [...spaces, ...(opened ? [opened.space] : []), ...(inner?.spaces ?? [])],
    cwt: { slice, reading, message, payload: opened && inner && item?.kind === 'map' ? { slice: opened.slice, reading: inner, entries: item.entries } : undefined },
  }
}

function claim(cwt: Cwt, key: number): CborItem | undefined {
  return cwt.payload && withoutTags(valueAt(cwt.payload.entries, key)).item
}

/** A claim that is a byte string. */
export function bytesClaim(cwt: Cwt, key: number, name: string): Located<Uint8Array> | undefined {
  const item = claim(cwt, key)
  return item?.kind === 'bytes' && item.isWhole ? { path: `payload.${name}`, ranges: [rangeOf(item.content)], value: bytesOf(item.content) } : undefined
}

/** A date in milliseconds: an integer or a float of seconds. */
export function dateClaim(cwt: Cwt, key: number, name: string): Located<number> | undefined {
  const item = claim(cwt, key)
  const seconds = item?.kind === 'int' ? Number(item.value) : item?.kind === 'float' ? item.value : undefined
  return item && seconds !== undefined && Math.abs(seconds) <= 8_640_000_000_000 ? { path: `payload.${name}`, ranges: [item.range], value: Math.round(seconds * 1000) } : undefined
}

/** A claim that is an integer. */
export function intClaim(cwt: Cwt, key: number, name: string): Located<number> | undefined {
  const item = claim(cwt, key)
  return item?.kind === 'int' && item.value >= 0n && item.value < 2n ** 32n ? { path: `payload.${name}`, ranges: [item.range], value: Number(item.value) } : undefined
}
