import { joinBytes } from '../bytes/join.ts'
import { say } from '../core/saying.ts'
import { latin1 } from '../envelope/characters.ts'
import { derToP1363 } from './ecdsa-der.ts'
import { CURVES, rsaSpki } from './keys.ts'
import { keyKindOf, readSpki, type PublicKey } from './spki.ts'
import { sm3 } from './sm3.ts'
import type { CurveName, HashName, SignatureAlgorithm, VerifyResult } from './types.ts'

const VALID: VerifyResult = { result: 'valid', because: say('signature.holds') }
const MISMATCH: VerifyResult = { result: 'invalid', because: say('signature.mismatch', {}, 'signature') }

const invalid = (text: string): VerifyResult => ({
  result: 'invalid',
  because: say(text, {}, text === 'signature.wrong-key-type' ? 'key-type' : undefined),
})
const unsupported = (name: string): VerifyResult => ({
  result: 'unsupported',
  because: say('crypto.unsupported', { name }),
})

let verifications = 0

/** How many signatures were really verified since the last reset: what a benchmark divides by. */
export function verificationCount(): number {
  return verifications
}

export function resetVerificationCount(): void {
  verifications = 0
}

/** False on a page that is served over plain http from another machine: browsers then hide WebCrypto. */
export function hasWebCrypto(): boolean {
  return typeof crypto === 'object' && typeof crypto.subtle === 'object'
}

/**
 * Verifies one signature over exactly these bytes. Never throws.
 * `invalid` is a proof that signature, key and bytes do not belong together (a key that nobody may rely on counts as such); whatever we or the platform cannot do is `unsupported`.
 */
export async function verifySignature(
  algorithm: SignatureAlgorithm,
  spki: Uint8Array,
  data: Uint8Array,
  signature: Uint8Array,
): Promise<VerifyResult> {
  verifications++
  const key = knownKey(spki)
  if (key.kind === 'refused') return { result: 'invalid', because: key.because }
  if (key.kind === 'unknown') return unsupported(keyKindOf(key))
  switch (algorithm.kind) {
    case 'ecdsa':
      return verifyEcdsa(algorithm, key, spki, data, signature)
    case 'rsa-pkcs1':
    case 'rsa-pss':
      return verifyRsa(algorithm, key, spki, data, signature)
    case 'ed25519':
      return verifyEd25519(key, spki, data, signature)
    case 'sm2':
      return verifySm2(algorithm, key, data, signature)
  }
}

async function verifyEcdsa(
  algorithm: SignatureAlgorithm & { kind: 'ecdsa' },
  key: PublicKey,
  spki: Uint8Array,
  data: Uint8Array,
  signature: Uint8Array,
): Promise<VerifyResult> {
  if (key.kind !== 'ec' || key.curve === 'SM2') return invalid('signature.wrong-key-type')
  if (algorithm.hash === 'SM3') return unsupported(`ECDSA-${algorithm.hash}`)
  const raw = rawSignature(algorithm.form, key.curve, signature)
  if (typeof raw === 'string') return invalid(raw)
  return subtleVerify(
    { name: 'ECDSA', hash: algorithm.hash },
    { name: 'ECDSA', namedCurve: key.curve },
    key.curve,
    spki,
    data,
    raw,
  )
}

/** r ‖ s with both parts in 1..n-1, or the reason why it is none. */
function rawSignature(
  form: 'der' | 'p1363',
  curve: CurveName,
  signature: Uint8Array,
): Uint8Array | 'signature.not-der' | 'signature.length' | 'signature.range' {
  const { bytes, order } = CURVES[curve]
  const raw = form === 'der' ? derToP1363(signature, bytes) : signature
  if (!raw) return 'signature.not-der'
  if (raw.length !== 2 * bytes) return 'signature.length'
  return inRange(raw.subarray(0, bytes), order) && inRange(raw.subarray(bytes), order) ? raw : 'signature.range'
}

function inRange(part: Uint8Array, order: Uint8Array): boolean {
  const at = part.findIndex((byte, i) => byte !== order[i])
  return at >= 0 && (part[at] ?? 0) < (order[at] ?? 0) && part.some((byte) => byte !== 0)
}

async function verifyRsa(
  algorithm: SignatureAlgorithm & { kind: 'rsa-pkcs1' | 'rsa-pss' },
  key: PublicKey,
  spki: Uint8Array,
  data: Uint8Array,
  signature: Uint8Array,
): Promise<VerifyResult> {
  if (key.kind !== 'rsa') return invalid('signature.wrong-key-type')
  if (algorithm.hash === 'SM3') return unsupported(`RSA-${algorithm.hash}`)
  if (signature.length !== key.modulus.length) return invalid('signature.length')
  if (algorithm.kind === 'rsa-pkcs1') {
    if (key.pss !== undefined) return invalid('signature.wrong-key-type')
    const name = 'RSASSA-PKCS1-v1_5'
    return subtleVerify({ name }, { name, hash: algorithm.hash }, algorithm.hash, spki, data, signature)
  }
  // WebCrypto has one hash for both uses.
  if (algorithm.mgfHash !== algorithm.hash) return unsupported(`RSA-PSS-${algorithm.hash}-MGF1-${algorithm.mgfHash}`)
  const { pss } = key
  if (
    typeof pss === 'object' &&
    (pss.hash !== algorithm.hash || pss.mgfHash !== algorithm.mgfHash || algorithm.saltLength < pss.saltLength)
  )
    return invalid('signature.wrong-key-type')
  // Nor does it know the key type that is bound to PSS; the key itself is the same.
  const plain = pss === undefined ? spki : rsaSpki(key.modulus, key.exponent)
  return subtleVerify(
    { name: 'RSA-PSS', saltLength: algorithm.saltLength },
    { name: 'RSA-PSS', hash: algorithm.hash },
    `PSS-${algorithm.hash}`,
    plain,
    data,
    signature,
  )
}

async function verifyEd25519(
  key: PublicKey,
  spki: Uint8Array,
  data: Uint8Array,
  signature: Uint8Array,
): Promise<VerifyResult> {
  if (key.kind !== 'ed25519') return invalid('signature.wrong-key-type')
  if (signature.length !== 64) return invalid('signature.length')
  return subtleVerify({ name: 'Ed25519' }, { name: 'Ed25519' }, 'Ed25519', spki, data, signature)
}

async function verifySm2(
  algorithm: SignatureAlgorithm & { kind: 'sm2' },
  key: PublicKey,
  data: Uint8Array,
  signature: Uint8Array,
): Promise<VerifyResult> {
  if (key.kind !== 'ec' || key.curve !== 'SM2') return invalid('signature.wrong-key-type')
  const raw = rawSignature(algorithm.form, 'SM2', signature)
  if (typeof raw === 'string') return invalid(raw)
  // No browser has it, and most evidence does not use it: it is loaded when it is needed, and may be out of reach by then.
  const sm2 = await import('./sm2.ts').catch(() => undefined)
  if (!sm2) return unsupported('SM2')
  return sm2.sm2Verify(key.point.subarray(1), algorithm.userId, data, raw) ? VALID : MISMATCH
}

async function subtleVerify(
  how: Parameters<SubtleCrypto['verify']>[0],
  keyType: Parameters<SubtleCrypto['importKey']>[2],
  cacheName: string,
  spki: Uint8Array,
  data: Uint8Array,
  signature: Uint8Array,
): Promise<VerifyResult> {
  if (!hasWebCrypto()) return { result: 'unsupported', because: say('crypto.no-webcrypto') }
  const key = await importedKey(cacheName, spki, keyType)
  if (typeof key === 'string') return key === 'refused' ? invalid('crypto.bad-key') : unsupported(cacheName)
  try {
    return (await crypto.subtle.verify(how, key, owned(signature), owned(data))) ? VALID : MISMATCH
  } catch {
    return unsupported(cacheName)
  }
}

/** WebCrypto takes no view on shared memory; every buffer here is an ordinary one, so nothing is copied. */
function owned(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return bytes.buffer instanceof ArrayBuffer
    ? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    : new Uint8Array(bytes)
}

// Keys that worked, by their own bytes. Failures are not kept: a cached failure would let one forged input speak against honest ones.
const parsed = new Map<string, PublicKey>()
const imported = new Map<string, CryptoKey>()
const KEPT_KEYS = 256

function keep<T>(map: Map<string, T>, name: string, value: T): void {
  if (map.size >= KEPT_KEYS)
    for (const oldest of map.keys()) {
      map.delete(oldest)
      break
    }
  map.set(name, value)
}

function knownKey(spki: Uint8Array): PublicKey {
  const name = latin1(spki)
  const known = parsed.get(name)
  if (known) return known
  // The key may be a view on a large file: what is kept must not keep that alive.
  const key = readSpki(spki.slice())
  if (key.kind !== 'refused' && key.kind !== 'unknown') keep(parsed, name, key)
  return key
}

async function importedKey(
  cacheName: string,
  spki: Uint8Array,
  keyType: Parameters<SubtleCrypto['importKey']>[2],
): Promise<CryptoKey | 'refused' | 'unsupported'> {
  const name = `${cacheName}|${latin1(spki)}`
  const known = imported.get(name)
  if (known) return known
  try {
    const key = await crypto.subtle.importKey('spki', owned(spki), keyType, false, ['verify'])
    keep(imported, name, key)
    return key
  } catch (error) {
    // The shape was checked before: a DataError is a point that is not on its curve.
    return error instanceof Error && error.name === 'DataError' ? 'refused' : 'unsupported'
  }
}

/** The digest of bytes. */
export async function digest(hash: HashName, data: Uint8Array): Promise<Uint8Array> {
  return hash === 'SM3' ? sm3(data) : new Uint8Array(await crypto.subtle.digest(hash, owned(data)))
}

/** HMAC, SM3 included. */
export async function hmac(hash: HashName, key: Uint8Array, data: Uint8Array): Promise<Uint8Array> {
  const block = hash === 'SHA-384' || hash === 'SHA-512' ? 128 : 64
  const padded = new Uint8Array(block)
  padded.set(key.length > block ? await digest(hash, key) : key)
  const inner = await digest(hash, joinBytes([padded.map((byte) => byte ^ 0x36), data]))
  return digest(hash, joinBytes([padded.map((byte) => byte ^ 0x5c), inner]))
}
