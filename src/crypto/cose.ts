import { type ArtifactIndex, bytesOf, rangeOf, sliceOf, type Slice } from '../core/place.ts'
import { say, type Saying } from '../core/saying.ts'
import type { HandCheck } from '../core/verdict.ts'
import { toHex } from '../bytes/layout.ts'
import { readCbor, type CborEntry, type CborItem } from '../bytes/cbor.ts'
import { valueAt, withoutTags, type CoseMessage } from '../envelope/cose.ts'
import { CURVES, ecSpki, ed25519Spki, rsaSpki } from './keys.ts'
import { keyKindOf, readSpki } from './spki.ts'
import type { CurveName, HashName, SignatureAlgorithm, VerifyResult } from './types.ts'
import { verifyEvidence } from './remember.ts'
import { hmac } from './verify.ts'

/** COSE algorithm identifiers as signature algorithms, and COSE keys (RFC 9053). */

interface Known {
  readonly algorithm: SignatureAlgorithm
  readonly keyKinds: readonly string[]
}

const ecdsa = (hash: HashName, ...keyKinds: readonly string[]): Known => ({
  algorithm: { kind: 'ecdsa', hash, form: 'p1363' },
  keyKinds,
})
const pss = (hash: HashName, saltLength: number): Known => ({
  algorithm: { kind: 'rsa-pss', hash, mgfHash: hash, saltLength },
  keyKinds: ['rsa'],
})
const pkcs1 = (hash: HashName): Known => ({ algorithm: { kind: 'rsa-pkcs1', hash }, keyKinds: ['rsa'] })

const KNOWN: Readonly<Record<string, Known>> = {
  // RFC 9053 leaves the curve open; every profile of evidence ties hash and curve together, and so do we.
  '-7': ecdsa('SHA-256', 'ec:P-256'),
  '-35': ecdsa('SHA-384', 'ec:P-384'),
  '-36': ecdsa('SHA-512', 'ec:P-521'),
  '-9': ecdsa('SHA-256', 'ec:P-256'),
  '-51': ecdsa('SHA-384', 'ec:P-384'),
  '-52': ecdsa('SHA-512', 'ec:P-521'),
  '-8': { algorithm: { kind: 'ed25519' }, keyKinds: ['ed25519'] },
  '-19': { algorithm: { kind: 'ed25519' }, keyKinds: ['ed25519'] },
  '-37': pss('SHA-256', 32),
  '-38': pss('SHA-384', 48),
  '-39': pss('SHA-512', 64),
  '-257': pkcs1('SHA-256'),
  '-258': pkcs1('SHA-384'),
  '-259': pkcs1('SHA-512'),
}

/** What profiles of evidence use with a kind of key. */
const NATURAL: Readonly<Record<string, string>> = {
  'ec:P-256': '-7',
  'ec:P-384': '-35',
  'ec:P-521': '-36',
  ed25519: '-8',
}

const MACS: Readonly<Record<string, { readonly hash: HashName; readonly bytes: number }>> = {
  '4': { hash: 'SHA-256', bytes: 8 },
  '5': { hash: 'SHA-256', bytes: 32 },
  '6': { hash: 'SHA-384', bytes: 48 },
  '7': { hash: 'SHA-512', bytes: 64 },
}

const unsupported = (because: Saying): VerifyResult => ({ result: 'unsupported', because })
const invalid = (because: Saying): VerifyResult => ({ result: 'invalid', because })

/**
 * Verifies a COSE_Sign1 over its Sig_structure with the algorithm that the message names.
 * Where the name stands, and whether it is the right one, are questions of their own: this one is only whether key, bytes and signature belong together.
 * A message that names none is tried with the one algorithm that goes with the key.
 */
export async function verifyCose(message: CoseMessage, spki: Uint8Array): Promise<VerifyResult> {
  if (!message.payload) return invalid(say('cose.detached'))
  const kind = keyKindOf(readSpki(spki))
  const id = message.algorithm?.id ?? NATURAL[kind] ?? ''
  const known = Object.hasOwn(KNOWN, id) ? KNOWN[id] : undefined
  if (!known) return unsupported(say('cose.alg.unknown', { found: message.algorithm?.name ?? id }))
  if (message.algorithm && !isKeyFor(message, kind))
    return invalid(say('cose.alg.key', { found: message.algorithm?.name ?? id, key: kind }))
  return verifyEvidence(known.algorithm, spki, bytesOf(message.toBeSigned), bytesOf(message.signature))
}

/** The same computation, to be done by hand; undefined where this page knows no such algorithm. */
export function coseByHand(message: CoseMessage, spki: Uint8Array, artifact: ArtifactIndex): HandCheck | undefined {
  const id = message.algorithm?.id ?? NATURAL[keyKindOf(readSpki(spki))] ?? ''
  const known = Object.hasOwn(KNOWN, id) ? KNOWN[id] : undefined
  return (
    known && {
      kind: 'signature',
      algorithm: known.algorithm,
      signed: [{ artifact, range: rangeOf(message.toBeSigned) }],
      signature: toHex(bytesOf(message.signature)),
      key: toHex(spki),
    }
  )
}

/** Whether the message's algorithm goes with that kind of key; a message that names none goes with any. */
export function isKeyFor(message: CoseMessage, kind: string): boolean {
  const id = message.algorithm?.id
  const known = id !== undefined && Object.hasOwn(KNOWN, id) ? KNOWN[id] : undefined
  return id === undefined
    ? Object.hasOwn(NATURAL, kind)
    : known !== undefined && known.keyKinds.some((allowed) => kind === allowed || kind.startsWith(`${allowed}:`))
}

/** The same for a COSE_Mac0 and a shared key. */
export async function verifyCoseMac(message: CoseMessage, key: Uint8Array): Promise<VerifyResult> {
  if (!message.payload) return invalid(say('cose.detached'))
  const id = message.algorithm?.id ?? ''
  const known = Object.hasOwn(MACS, id) ? MACS[id] : undefined
  if (!known) return unsupported(say('cose.alg.unknown', { found: message.algorithm?.name ?? id }))
  const tag = (await hmac(known.hash, key, bytesOf(message.toBeSigned))).subarray(0, known.bytes)
  const found = bytesOf(message.signature)
  const isSame = tag.length === found.length && tag.every((byte, i) => byte === found[i])
  return isSame
    ? { result: 'valid', because: say('signature.holds') }
    : invalid(say('signature.mismatch', {}, 'signature'))
}

const EC_CURVES: Readonly<Record<string, CurveName>> = { '1': 'P-256', '2': 'P-384', '3': 'P-521' }

/** SubjectPublicKeyInfo of a COSE_Key map; undefined for a kind that is not known or a map that is none. */
export function coseKeySpki(entries: readonly CborEntry[]): Uint8Array<ArrayBuffer> | undefined {
  const type = intAt(entries, 1) ?? ''
  const x = bytesAt(entries, -2)
  switch (type) {
    case '2': {
      const curve = EC_CURVES[intAt(entries, -1) ?? '']
      const y = bytesAt(entries, -3)
      if (!curve || x?.length !== CURVES[curve].bytes || y?.length !== x.length) return undefined
      const point = new Uint8Array(2 * x.length)
      point.set(x)
      point.set(y, x.length)
      return ecSpki(curve, point)
    }
    case '1':
      return intAt(entries, -1) === '6' && x?.length === 32 ? ed25519Spki(x) : undefined
    case '3': {
      const n = bytesAt(entries, -1)
      return n && x ? rsaSpki(n, x) : undefined
    }
    default:
      return undefined
  }
}

/** A COSE_Key that fills the slice. */
export function readCoseKey(slice: Slice): Uint8Array<ArrayBuffer> | undefined {
  const reading = readCbor(slice)
  const { item } = withoutTags(reading.item)
  return item?.kind === 'map' && reading.isWhole && reading.end === slice.end ? coseKeySpki(item.entries) : undefined
}

/** The same for bytes on their own. */
export function coseKeyOf(bytes: Uint8Array): Uint8Array<ArrayBuffer> | undefined {
  return readCoseKey(sliceOf('', bytes))
}

function intAt(entries: readonly CborEntry[], label: number): string | undefined {
  const item: CborItem | undefined = valueAt(entries, label)
  return item?.kind === 'int' ? String(item.value) : undefined
}

function bytesAt(entries: readonly CborEntry[], label: number): Uint8Array | undefined {
  const item = valueAt(entries, label)
  return item?.kind === 'bytes' ? bytesOf(item.content) : undefined
}
