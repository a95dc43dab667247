import { bytesOf, rangeOf, type Located, type Slice, type Space } from '../../core/place.ts'
import { readCbor, type CborEntry, type CborItem, type CborReading } from '../../bytes/cbor.ts'
import { embeddedSlice } from '../../bytes/cbor-node.ts'
import type { ClaimFault } from '../../envelope/claim-rules.ts'
import { readCose, valueAt, withoutTags, type CoseMessage } from '../../envelope/cose.ts'
import { coseKeySpki } from '../../crypto/cose.ts'
import { ecSpki } from '../../crypto/keys.ts'
import { readSpki } from '../../crypto/spki.ts'
import { KEY_PLATFORM, KEY_REALM } from './formats.ts'
import { platformFaults, realmFaults } from './rules.ts'

/** One of the two tokens, as far as it could be read. */
export interface Part {
  readonly name: 'platform' | 'realm'
  /** Path of its COSE message in the tree; '' when the token stands alone. */
  readonly path: string
  readonly slice: Slice
  readonly reading: CborReading
  readonly message: CoseMessage | undefined
  readonly payload: { readonly slice: Slice; readonly reading: CborReading } | undefined
  readonly entries: readonly CborEntry[]
  readonly faults: readonly ClaimFault[]
}

/** What a CCA token says. */
export interface CcaToken {
  readonly slice: Slice
  readonly reading: CborReading
  readonly kind: 'both' | 'platform' | 'realm' | 'virt'
  /** True for the CMW form. */
  readonly isCmw: boolean
  readonly platform: Part | undefined
  readonly realm: Part | undefined
  /** Bytes of the realm's public key claim. */
  readonly realmKey: Located<Uint8Array> | undefined
  /** The same as a SubjectPublicKeyInfo; undefined when it is in no known form. */
  readonly realmSpki: Uint8Array | undefined
  readonly hasCoseKey: boolean
}

interface Read {
  readonly token: CcaToken
  readonly spaces: readonly Space[]
}

/** Reads the collection; never throws. */
export function readToken(slice: Slice): Read {
  const reading = readCbor(slice)
  const spaces: Space[] = [...reading.spaces]
  const { item, tags } = withoutTags(reading.item)
  const entries = item?.kind === 'map' ? item.entries : []
  const open = (key: number, name: Part['name']): Part | undefined => {
    const value = valueAt(entries, key)
    const isRecord = value?.kind === 'array'
    const inner = isRecord ? value.items[1] : value
    if (inner?.kind !== 'bytes' || !inner.isWhole) return undefined
    const { space, slice: content } = embeddedSlice(inner.content)
    spaces.push(space)
    return readPart(content, name, isRecord ? `${name}.value` : name, spaces)
  }
  const platform = open(KEY_PLATFORM, 'platform')
  const realm = open(KEY_REALM, 'realm')
  return {
    token: { slice, reading, kind: 'both', isCmw: tags.includes(907n), platform, realm, ...keyOf(realm) },
    spaces,
  }
}

/** Reads virtCCA's token: the same collection, of which the platform's part does not exist yet. */
export function readVirtToken(slice: Slice): Read {
  const { token, spaces } = readToken(slice)
  return { token: { ...token, kind: 'virt' }, spaces }
}

/** Reads one token that stands alone. */
export function readSingle(slice: Slice, name: Part['name']): Read {
  const spaces: Space[] = []
  const part = readPart(slice, name, '', spaces)
  const realm = name === 'realm' ? part : undefined
  return {
    token: {
      slice,
      reading: part.reading,
      kind: name,
      isCmw: false,
      platform: name === 'platform' ? part : undefined,
      realm,
      ...keyOf(realm),
    },
    spaces,
  }
}

function readPart(slice: Slice, name: Part['name'], path: string, spaces: Space[]): Part {
  const cose = readCose(slice)
  spaces.push(...cose.spaces)
  let opened = cose.message?.payload && embeddedSlice(cose.message.payload)
  let reading = opened && readCbor(opened.slice)
  if (opened && reading) spaces.push(opened.space, ...reading.spaces)
  // virtCCA wraps its claims in a byte string once more.
  if (opened && reading?.item?.kind === 'bytes' && reading.isWhole && reading.end === opened.slice.end) {
    opened = embeddedSlice(reading.item.content)
    reading = readCbor(opened.slice)
    spaces.push(opened.space, ...reading.spaces)
  }
  const entries = reading?.item?.kind === 'map' ? reading.item.entries : undefined
  return {
    name,
    path,
    slice,
    reading: cose.reading,
    message: cose.message,
    payload: opened && reading && entries ? { slice: opened.slice, reading } : undefined,
    entries: entries ?? [],
    faults: entries ? (name === 'platform' ? platformFaults(entries) : realmFaults(entries)) : [],
  }
}

/** Path of a claim. */
export function claimPath(part: Part, name: string): string {
  return part.path === '' ? `payload.${name}` : `${part.path}.payload.${name}`
}

/** A claim that is a byte string. */
export function bytesClaim(part: Part | undefined, key: number, name: string): Located<Uint8Array> | undefined {
  const item = part && valueAt(part.entries, key)
  return part && item?.kind === 'bytes' && item.isWhole
    ? { path: claimPath(part, name), ranges: [rangeOf(item.content)], value: bytesOf(item.content) }
    : undefined
}

/** A claim that is a text. */
export function textClaim(part: Part | undefined, key: number): string | undefined {
  const item = part && valueAt(part.entries, key)
  return item?.kind === 'text' ? item.text : undefined
}

/** The lifecycle of the platform. */
export function lifecycleOf(token: CcaToken): Located<number> | undefined {
  const item: CborItem | undefined = token.platform && valueAt(token.platform.entries, 2395)
  return token.platform && item?.kind === 'int' && item.value >= 0n && item.value <= 0xffffn
    ? { path: claimPath(token.platform, 'lifecycle'), ranges: [item.range], value: Number(item.value) }
    : undefined
}

// Legacy profile: the bare point, 04 ‖ x ‖ y on P-384. New profile: a COSE_Key. virtCCA: a SubjectPublicKeyInfo.
function keyOf(realm: Part | undefined): Pick<CcaToken, 'realmKey' | 'realmSpki' | 'hasCoseKey'> {
  const realmKey = bytesClaim(realm, 44237, 'publicKey')
  if (!realmKey) return { realmKey, realmSpki: undefined, hasCoseKey: false }
  const { value } = realmKey
  if (value[0] === 4 && value.length === 97) return { realmKey, realmSpki: ecSpki('P-384', value), hasCoseKey: false }
  if (value[0] === 4 && value.length === 65) return { realmKey, realmSpki: ecSpki('P-256', value), hasCoseKey: false }
  // virtCCA's newer machines.
  if (value[0] === 4 && value.length === 133) return { realmKey, realmSpki: ecSpki('P-521', value), hasCoseKey: false }
  const kind = readSpki(value).kind
  if (kind !== 'refused' && kind !== 'unknown') return { realmKey, realmSpki: value, hasCoseKey: false }
  const item = readCbor({ space: '', bytes: value, start: 0, end: value.length }).item
  return item?.kind === 'map'
    ? { realmKey, realmSpki: coseKeySpki(item.entries), hasCoseKey: true }
    : { realmKey, realmSpki: undefined, hasCoseKey: false }
}
