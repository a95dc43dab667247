import { bytesOf, type ByteRange, type Slice } from '../../core/place.ts'
import { fromHex } from '../../bytes/layout.ts'
import { parseJson, textOf, type JsonValue } from '../../bytes/json.ts'
import { base64Text } from '../../envelope/base64.ts'
import type { TufRole, TufRoot } from './tuf-root.ts'
import { at, countOf, itemsOf } from './values.ts'

/** Metadata of The Update Framework: who may sign which list of files, and the lists. Read here, verified in `tuf-chain.ts`. */

export interface TufFile {
  readonly name: string
  /** Lower-case hex; undefined where only a version is given. */
  readonly sha256: string | undefined
  readonly length: bigint | undefined
  readonly version: number | undefined
  readonly range: ByteRange
}

export interface TufMetadata {
  /** `root`, `targets`, `snapshot`, `timestamp`, or what else it calls itself. */
  readonly type: string
  readonly version: number
  /** Milliseconds since 1970; NaN where it cannot be read. */
  readonly expires: number
  /** What is signed, in canonical JSON. */
  readonly signed: Uint8Array
  readonly range: ByteRange
  readonly signatures: readonly { readonly keyId: string; readonly signature: Uint8Array }[]
  /** Of a root. */
  readonly root: TufRoot | undefined
  /** Of `targets`: files. Of `snapshot` and `timestamp`: other metadata. */
  readonly files: readonly TufFile[]
}

/** More signatures, keys and files than any repository of this kind has. */
const MOST = 256
const DEEPEST = 32

/** Reads TUF metadata; undefined for what has no such form, or could be read in two ways. Never throws. */
export function readTuf(slice: Slice): TufMetadata | undefined {
  const { value: file, problems } = parseJson(slice)
  const signed = at(file, 'signed')
  const canonical = signed?.kind === 'object' && problems.length === 0 ? canonicalJson(signed) : undefined
  const version = numberOf(at(signed, 'version'))
  if (!signed || canonical === undefined || version === undefined) return undefined
  const type = textOf(at(signed, '_type')) ?? ''
  const expires = Date.parse(textOf(at(signed, 'expires')) ?? '')
  return {
    type,
    version,
    expires,
    signed: new TextEncoder().encode(canonical),
    range: signed.range,
    signatures: itemsOf(at(file, 'signatures'))
      .slice(0, MOST)
      .flatMap((one) => {
        const keyId = textOf(at(one, 'keyid'))
        const signature = fromHex(textOf(at(one, 'sig')) ?? '')
        return keyId !== undefined && signature && signature.length > 0 ? [{ keyId, signature }] : []
      }),
    root: type === 'root' ? rootOf(signed, version, expires) : undefined,
    files: filesOf(at(signed, type === 'targets' ? 'targets' : 'meta')),
  }
}

function filesOf(value: JsonValue | undefined): TufFile[] {
  return membersOf(value).map(({ key, value: held, keyRange }) => ({
    name: key,
    sha256: textOf(at(held, 'hashes', 'sha256'))?.toLowerCase(),
    length: countOf(at(held, 'length')),
    version: numberOf(at(held, 'version')),
    range: { ...keyRange, end: held.range.end },
  }))
}

function rootOf(signed: JsonValue, version: number, expires: number): TufRoot {
  const roles = membersOf(at(signed, 'roles')).flatMap(({ key, value }): [string, TufRole][] => {
    const threshold = numberOf(at(value, 'threshold'))
    const keyIds = itemsOf(at(value, 'keyids'))
      .slice(0, MOST)
      .flatMap((one) => textOf(one) ?? [])
    // A threshold of none would be met by anybody.
    return threshold !== undefined && threshold > 0 ? [[key, { keyIds, threshold }]] : []
  })
  const keys = membersOf(at(signed, 'keys')).flatMap(({ key, value }): [string, Uint8Array][] => {
    const spki = keyOf(value)
    return spki ? [[key, spki]] : []
  })
  return { version, expires, keys: new Map(keys), roles: new Map(roles) }
}

/** SubjectPublicKeyInfo of a key in PEM, or of an Ed25519 key in hex. */
function keyOf(value: JsonValue): Uint8Array | undefined {
  const text = textOf(at(value, 'keyval', 'public')) ?? ''
  const body = /^-----BEGIN PUBLIC KEY-----\s([A-Za-z0-9+/=\s]+)-----END PUBLIC KEY-----\s*$/.exec(text)?.[1]
  if (body === undefined) {
    const raw = textOf(at(value, 'keytype')) === 'ed25519' ? fromHex(text) : undefined
    return raw?.length === 32 ? Uint8Array.of(...ED25519_HEAD, ...raw) : undefined
  }
  const read = base64Text(body.replace(/\s/g, ''))
  return read && bytesOf(read.slice)
}
/** SEQUENCE { SEQUENCE { 1.3.101.112 }, BIT STRING of the 32 bytes that follow }. */
const ED25519_HEAD = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00]

function membersOf(value: JsonValue | undefined) {
  return value?.kind === 'object' ? value.members.slice(0, MOST) : []
}

function numberOf(value: JsonValue | undefined): number | undefined {
  const count = value?.kind === 'number' ? countOf(value) : undefined
  return count !== undefined && count > 0n && count < 1n << 32n ? Number(count) : undefined
}

/** Canonical JSON as OLPC wrote it down and TUF signs it: members sorted, no white space, only `"` and `\` escaped. Undefined for what has no such form. */
function canonicalJson(value: JsonValue, depth = 0): string | undefined {
  if (depth > DEEPEST) return undefined
  switch (value.kind) {
    case 'string':
      return quoted(value.text)
    case 'number':
      return /^-?(?:0|[1-9]\d*)$/.test(value.text) ? value.text : undefined
    case 'bool':
      return String(value.value)
    case 'null':
      return 'null'
    case 'array': {
      const items = value.items.map((one) => canonicalJson(one, depth + 1))
      return items.includes(undefined) ? undefined : `[${items.join(',')}]`
    }
    case 'object': {
      const members = value.members
        .toSorted((a, b) => (a.key < b.key ? -1 : 1))
        .map((one) => {
          const held = canonicalJson(one.value, depth + 1)
          return held === undefined ? undefined : `${quoted(one.key)}:${held}`
        })
      return members.includes(undefined) ? undefined : `{${members.join(',')}}`
    }
  }
}

const quoted = (text: string) => `"${text.replace(/[\\"]/g, '\\$&')}"`
