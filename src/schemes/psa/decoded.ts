import { bytesOf, rangeOf, type Located, type Slice, type Space } from '../../core/place.ts'
import { readCbor, type CborEntry, type CborItem, type CborReading } from '../../bytes/cbor.ts'
import { embeddedSlice } from '../../bytes/cbor-node.ts'
import type { ClaimFault } from '../../envelope/claim-rules.ts'
import { readCose, valueAt, type CoseMessage } from '../../envelope/cose.ts'
import { CLAIMS } from './layout.ts'
import { fieldFaults } from './rules.ts'

/** What a PSA token says, as far as it could be read. */
export interface PsaToken {
  readonly slice: Slice
  readonly reading: CborReading
  readonly message: CoseMessage | undefined
  readonly payload:
    | { readonly slice: Slice; readonly reading: CborReading; readonly entries: readonly CborEntry[] }
    | undefined
  readonly profile: 'rfc9783' | 'first'
  readonly faults: readonly ClaimFault[]
}

/** Reads a token; never throws. */
export function readToken(slice: Slice): { readonly token: PsaToken; readonly spaces: readonly Space[] } {
  const { message, reading, spaces } = readCose(slice)
  const opened = message?.payload && embeddedSlice(message.payload)
  const inner = opened && readCbor(opened.slice)
  const entries = inner?.item?.kind === 'map' ? inner.item.entries : undefined
  const profile = entries?.some(({ key }) => key.kind === 'int' && key.value <= -75000n && key.value >= -75010n)
    ? 'first'
    : 'rfc9783'
  return {
    spaces: [...spaces, ...(opened ? [opened.space] : []), ...(inner?.spaces ?? [])],
    token: {
      slice,
      reading,
      message,
      payload: opened && inner && entries ? { slice: opened.slice, reading: inner, entries } : undefined,
      profile,
      faults: entries ? fieldFaults(entries, profile) : [],
    },
  }
}

/** A claim by the name that both profiles share. */
export function claimOf(token: PsaToken, name: string): CborItem | undefined {
  const claim = CLAIMS.find((one) => one.name === name)
  const key = token.profile === 'first' ? claim?.first : claim?.rfc
  return key === undefined || !token.payload ? undefined : valueAt(token.payload.entries, key)
}

/** A claim that is a byte string. */
export function bytesClaim(token: PsaToken, name: string): Located<Uint8Array> | undefined {
  const item = claimOf(token, name)
  return item?.kind === 'bytes' && item.isWhole
    ? { path: `payload.${name}`, ranges: [rangeOf(item.content)], value: bytesOf(item.content) }
    : undefined
}

/** The lifecycle of the device. */
export function lifecycleOf(token: PsaToken): Located<number> | undefined {
  const item = claimOf(token, 'lifecycle')
  return item?.kind === 'int' && item.value >= 0n && item.value <= 0xffffn
    ? { path: 'payload.lifecycle', ranges: [item.range], value: Number(item.value) }
    : undefined
}
