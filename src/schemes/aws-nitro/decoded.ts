import { bytesOf, rangeOf, type Located, type Slice, type Space } from '../../core/place.ts'
import type { CborEntry, CborItem, CborReading } from '../../bytes/cbor.ts'
import { readCbor } from '../../bytes/cbor.ts'
import { embeddedSlice } from '../../bytes/cbor-node.ts'
import type { ClaimFault } from '../../envelope/claim-rules.ts'
import { readCose, valueAt, type CoseMessage } from '../../envelope/cose.ts'
import { FORMATS } from './formats.ts'
import { kindOf, type NitroKind } from './kind.ts'
import { fieldFaults } from './rules.ts'

export interface Pcr {
  readonly index: number
  readonly value: Located<Uint8Array>
}

/** What a document says, as far as it could be read. */
export interface NitroDocument {
  readonly kind: NitroKind
  readonly slice: Slice
  readonly reading: CborReading
  /** Undefined when the bytes are no COSE message. */
  readonly message: CoseMessage | undefined
  /** The signed map; undefined when the payload is none. */
  readonly payload:
    | { readonly slice: Slice; readonly reading: CborReading; readonly entries: readonly CborEntry[] }
    | undefined
  readonly moduleId: Located<string> | undefined
  /** Milliseconds since 1970. */
  readonly timestamp: Located<number> | undefined
  readonly pcrs: readonly Pcr[]
  readonly certificate: Slice | undefined
  readonly cabundle: readonly Slice[]
  readonly publicKey: Located<Uint8Array> | undefined
  readonly userData: Located<Uint8Array> | undefined
  readonly nonce: Located<Uint8Array> | undefined
  readonly faults: readonly ClaimFault[]
}

/** Reads a document; never throws. `spaces` are those that reading derived, the payload's included. */
export function readDocument(slice: Slice): { readonly document: NitroDocument; readonly spaces: readonly Space[] } {
  const { message, reading, spaces } = readCose(slice)
  const opened = message?.payload && embeddedSlice(message.payload)
  const inner = opened && readCbor(opened.slice)
  const entries = inner?.item?.kind === 'map' ? inner.item.entries : undefined
  const payload = opened && inner && entries ? { slice: opened.slice, reading: inner, entries } : undefined
  const all = entries ?? []
  const registers = valueAt(all, 'pcrs') ?? valueAt(all, 'nitrotpm_pcrs')
  const module = text(valueAt(all, 'module_id'), 'payload.module_id')
  const hasPubkey = valueAt(all, 'pubkey') !== undefined
  const kind = kindOf(all)
  const at = (name: string) => `payload.${name}`
  const bundle = valueAt(all, 'cabundle')
  return {
    spaces: [...spaces, ...(opened ? [opened.space] : []), ...(inner?.spaces ?? [])],
    document: {
      kind,
      slice,
      reading,
      message,
      payload,
      moduleId: module,
      timestamp: milliseconds(valueAt(all, 'timestamp'), at('timestamp')),
      pcrs:
        registers?.kind === 'map'
          ? registers.entries.flatMap((entry) => register(entry, at(kind === 'tpm' ? 'nitrotpm_pcrs' : 'pcrs')))
          : [],
      certificate: content(valueAt(all, 'certificate')),
      cabundle: bundle?.kind === 'array' ? bundle.items.flatMap((item) => content(item) ?? []) : [],
      publicKey: hasPubkey
        ? locate(valueAt(all, 'pubkey'), at('pubkey'))
        : locate(valueAt(all, 'public_key'), at('public_key')),
      userData: locate(valueAt(all, 'user_data'), at('user_data')),
      nonce: locate(valueAt(all, 'nonce'), at('nonce')),
      faults: payload ? fieldFaults(payload.entries, kind) : [],
    },
  }
}

const FORMAT_OF: Readonly<Record<NitroDocument['kind'], string>> = {
  enclave: FORMATS.document,
  tpm: FORMATS.tpm,
  qingtian: FORMATS.qingtian,
}

/** Format of a document that a wrapper holds. */
export function formatOf(slice: Slice): string {
  return FORMAT_OF[readDocument(slice).document.kind]
}

function content(item: CborItem | undefined): Slice | undefined {
  return item?.kind === 'bytes' && item.isWhole ? item.content : undefined
}

function locate(item: CborItem | undefined, path: string): Located<Uint8Array> | undefined {
  const slice = content(item)
  return slice && { path, ranges: [rangeOf(slice)], value: bytesOf(slice) }
}

function text(item: CborItem | undefined, path: string): Located<string> | undefined {
  return item?.kind === 'text' ? { path, ranges: [item.body], value: item.text } : undefined
}

function milliseconds(item: CborItem | undefined, path: string): Located<number> | undefined {
  const latest = 8_640_000_000_000_000n
  return item?.kind === 'int' && item.value >= 0n && item.value <= latest
    ? { path, ranges: [item.range], value: Number(item.value) }
    : undefined
}

function register({ key, value }: CborEntry, path: string): Pcr[] {
  if (key.kind !== 'int' || key.value < 0n || key.value > 31n) return []
  const located = locate(value, `${path}.PCR${key.value}`)
  return located ? [{ index: Number(key.value), value: located }] : []
}
