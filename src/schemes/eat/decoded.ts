import { bytesOf, rangeOf, type Located, type Slice, type Space } from '../../core/place.ts'
import type { Inner } from '../../core/scheme.ts'
import { readCbor, type CborEntry, type CborItem, type CborReading } from '../../bytes/cbor.ts'
import { embeddedSlice } from '../../bytes/cbor-node.ts'
import { readCose, valueAt, withoutTags, type CoseMessage } from '../../envelope/cose.ts'

/** What a CBOR Web Token says, as far as it could be read. */
export interface Cwt {
  readonly slice: Slice
  readonly reading: CborReading
  readonly message: CoseMessage | undefined
  readonly payload:
    | { readonly slice: Slice; readonly reading: CborReading; readonly entries: readonly CborEntry[] }
    | undefined
}

/** Reads a token; never throws. */
export function readCwt(slice: Slice): { readonly cwt: Cwt; readonly spaces: readonly Space[] } {
  const { message, reading, spaces } = readCose(slice)
  const opened = message?.payload && embeddedSlice(message.payload)
  const inner = opened && readCbor(opened.slice)
  const { item } = withoutTags(inner?.item)
  return {
    spaces: [...spaces, ...(opened ? [opened.space] : []), ...(inner?.spaces ?? [])],
    cwt: {
      slice,
      reading,
      message,
      payload:
        opened && inner && item?.kind === 'map'
          ? { slice: opened.slice, reading: inner, entries: item.entries }
          : undefined,
    },
  }
}

function claim(cwt: Cwt, key: number): CborItem | undefined {
  return cwt.payload && withoutTags(valueAt(cwt.payload.entries, key)).item
}

/** A claim that is a byte string. */
export function bytesClaim(cwt: Cwt, key: number, name: string): Located<Uint8Array> | undefined {
  const item = claim(cwt, key)
  return item?.kind === 'bytes' && item.isWhole
    ? { path: `payload.${name}`, ranges: [rangeOf(item.content)], value: bytesOf(item.content) }
    : undefined
}

/** A date in milliseconds: an integer or a float of seconds. */
export function dateClaim(cwt: Cwt, key: number, name: string): Located<number> | undefined {
  const item = claim(cwt, key)
  const seconds = item?.kind === 'int' ? Number(item.value) : item?.kind === 'float' ? item.value : undefined
  return item && seconds !== undefined && Math.abs(seconds) <= 8_640_000_000_000
    ? { path: `payload.${name}`, ranges: [item.range], value: Math.round(seconds * 1000) }
    : undefined
}

/** A claim that is an integer. */
export function intClaim(cwt: Cwt, key: number, name: string): Located<number> | undefined {
  const item = claim(cwt, key)
  return item?.kind === 'int' && item.value >= 0n && item.value < 2n ** 32n
    ? { path: `payload.${name}`, ranges: [item.range], value: Number(item.value) }
    : undefined
}

/** Most tokens of one token that are opened, and how deep submodules are followed. */
const TOKENS = 64
const DEPTH = 8

/** Tokens in the submodules (RFC 9711 section 4.2.18): byte strings, which are appraised on their own; a submodule of claims may have further ones. */
export function nestedTokens(cwt: Cwt): Inner[] {
  const found: Inner[] = []
  const look = (entries: readonly CborEntry[], name: string, depth: number): void => {
    const submodules = withoutTags(valueAt(entries, 266)).item
    if (submodules?.kind !== 'map' || depth > DEPTH) return
    for (const { key, value } of submodules.entries) {
      const own = `${name}${key.kind === 'text' ? key.text.slice(0, 64) : key.kind === 'int' ? String(key.value) : '?'}`
      if (value.kind === 'bytes' && value.isWhole && found.length < TOKENS)
        found.push({ slice: value.content, name: own, origin: 'embedded' })
      else if (value.kind === 'map') look(value.entries, `${own}/`, depth + 1)
    }
  }
  look(cwt.payload?.entries ?? [], '', 0)
  return found
}
