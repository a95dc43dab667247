import { say } from '../core/saying.ts'
import { readSpki } from './spki.ts'
import type { HashName, SignatureAlgorithm, VerifyResult } from './types.ts'
import { verifySignature } from './verify.ts'

/** Signature algorithms of JSON Web Signatures (RFC 7518 section 3.1, RFC 8037, RFC 9864). `none` and the HS family are not among them and never will be: neither says who signed. */
export const JOSE_ALGORITHMS = [
  'ES256',
  'ES384',
  'ES512',
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'EdDSA',
  'Ed25519',
] as const
export type JoseAlgorithm = (typeof JOSE_ALGORITHMS)[number]

const HASHES: Readonly<Record<string, { readonly hash: HashName; readonly bytes: number }>> = {
  '256': { hash: 'SHA-256', bytes: 32 },
  '384': { hash: 'SHA-384', bytes: 48 },
  '512': { hash: 'SHA-512', bytes: 64 },
}

/** The algorithm by its exact name, capitals included; undefined for anything else. */
export function joseAlgorithm(name: string): JoseAlgorithm | undefined {
  return JOSE_ALGORITHMS.find((known) => known === name)
}

/** Everything that the name leaves open, fixed as RFC 7518 has it: r ‖ s, and a salt as long as the hash. */
export function joseSignature(name: JoseAlgorithm): SignatureAlgorithm {
  const kind = name.slice(0, 2)
  const size = HASHES[name.slice(2)]
  if (!size) return { kind: 'ed25519' }
  const { hash, bytes } = size
  if (kind === 'ES') return { kind: 'ecdsa', hash, form: 'p1363' }
  return kind === 'RS' ? { kind: 'rsa-pkcs1', hash } : { kind: 'rsa-pss', hash, mgfHash: hash, saltLength: bytes }
}

const CURVE_OF: Readonly<Record<string, string>> = { ES256: 'ec:P-256', ES384: 'ec:P-384', ES512: 'ec:P-521' }

/** Whether a key of this kind (`ec:P-256`, `rsa:2048` …) can have made such a signature at all. Each ES algorithm has one curve only (RFC 7518 section 3.4). */
export function isJoseKey(name: JoseAlgorithm, keyKind: string): boolean {
  if (name.startsWith('ES')) return keyKind === CURVE_OF[name]
  return name.startsWith('Ed') ? keyKind === 'ed25519' : keyKind.startsWith('rsa:')
}

/** What a JWS signs, and how it says that it does. */
export interface JoseStatement {
  /** As the protected header has it. */
  readonly algorithm: string
  /** The algorithms that this issuer may use; the header's choice among them counts, never one outside. */
  readonly allowed: readonly JoseAlgorithm[]
  /** BASE64URL(protected header) ‖ '.' ‖ BASE64URL(payload), as it stands. */
  readonly signingInput: Uint8Array
  readonly signature: Uint8Array
}

/** A good signature by a key that is too short to rely on is `isShort`: shown with a warning, since services did sign so. */
export interface JoseResult extends VerifyResult {
  readonly isShort: boolean
}

/** Shortest RSA modulus whose signature is looked at; below 2,048 bits it holds with a warning only. */
export const SHORT_RSA_BITS = 1024

/**
 * Verifies one JWS under one key, whose kind and whose issuer's list both must fit the algorithm. Never throws.
 * Source: RFC 7515 section 5.2, RFC 8725 sections 3.1 and 3.2.
 */
export async function verifyJose(statement: JoseStatement, spki: Uint8Array): Promise<JoseResult> {
  const name = joseAlgorithm(statement.algorithm)
  if (name === undefined || !statement.allowed.includes(name))
    return {
      result: 'invalid',
      because: say('jose.alg-refused', { name: statement.algorithm.slice(0, 32) }),
      isShort: false,
    }
  const key = readSpki(spki)
  const algorithm = joseSignature(name)
  const bits = key.kind === 'refused' ? /^rsa:(\d+)$/.exec(key.name)?.[1] : undefined
  if (bits !== undefined && Number(bits) >= SHORT_RSA_BITS && algorithm.kind.startsWith('rsa'))
    return { ...(await verifyShort(algorithm, spki, statement)), isShort: true }
  const kind = key.kind === 'ec' ? `ec:${key.curve}` : key.kind === 'rsa' ? `rsa:${key.bits}` : key.kind
  if ((key.kind === 'ec' || key.kind === 'rsa' || key.kind === 'ed25519') && !isJoseKey(name, kind))
    return { result: 'invalid', because: say('signature.wrong-key-type', {}, 'key-type'), isShort: false }
  return { ...(await verifySignature(algorithm, spki, statement.signingInput, statement.signature)), isShort: false }
}

/** The strict room refuses such keys altogether, so this asks the platform itself. */
async function verifyShort(
  algorithm: SignatureAlgorithm,
  spki: Uint8Array,
  { signingInput, signature }: JoseStatement,
): Promise<VerifyResult> {
  const unsupported: VerifyResult = { result: 'unsupported', because: say('crypto.unsupported', { name: 'RSA-1024' }) }
  if (algorithm.kind !== 'rsa-pkcs1' && algorithm.kind !== 'rsa-pss') return unsupported
  const name = algorithm.kind === 'rsa-pss' ? 'RSA-PSS' : 'RSASSA-PKCS1-v1_5'
  const saltLength = algorithm.kind === 'rsa-pss' ? algorithm.saltLength : 0
  try {
    const key = await crypto.subtle.importKey('spki', spki.slice(), { name, hash: algorithm.hash }, false, ['verify'])
    return (await crypto.subtle.verify({ name, saltLength }, key, signature.slice(), signingInput.slice()))
      ? { result: 'valid', because: say('signature.holds') }
      : { result: 'invalid', because: say('signature.mismatch', {}, 'signature') }
  } catch {
    return unsupported
  }
}
