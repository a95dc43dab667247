import type { IssuedExtension } from '../../pki/issue.ts'
import { basicConstraints, issueCertificate, issueCrl, keyUsage, name, type CertificateRecipe, type CrlRecipe } from '../../pki/issue.ts'
import { demoPlatform, DEMO_AT } from '../../schemes/intel-dcap/attester.ts'
import { caKeyOf, DEMO_NAMES, ECDSA_DER, ms, pckExtension } from '../../schemes/intel-dcap/attester/pki.ts'
import { attackerKey, platformCaKey, rootKey } from '../../schemes/intel-dcap/demo-keys.ts'

/** Certificates and lists that no honest authority makes, with everything usual filled in. */

const SPAN = { notBefore: ms('2020-01-01T00:00:00Z'), notAfter: ms('2035-01-01T00:00:00Z') }

/** Any certificate: by default a leaf of the platform's authority for the attacker's key. */
export function certificate(recipe: Partial<CertificateRecipe> = {}): Promise<Uint8Array> {
  return issueCertificate({
    subject: DEMO_NAMES.pck, issuer: DEMO_NAMES.platformCa, issuerKey: platformCaKey, subjectKey: attackerKey, serial: 0x0666, ...SPAN, extensions: leafExtensions(), algorithm: ECDSA_DER, ...recipe,
  })
}

/** Extensions of a PCK certificate. */
export const leafExtensions = (...more: readonly IssuedExtension[]): IssuedExtension[] => [keyUsage('digitalSignature', 'nonRepudiation'), basicConstraints(false), pckExtension(demoPlatform('td10')), ...more]

/** Extensions of an authority. */
export const caExtensions = (pathLength?: number): IssuedExtension[] => [keyUsage('keyCertSign', 'cRLSign'), basicConstraints(true, pathLength)]

/** An authority with any name, issuer and key. */
export function authority(recipe: Partial<CertificateRecipe> = {}): Promise<Uint8Array> {
  return certificate({ subject: DEMO_NAMES.platformCa, issuer: DEMO_NAMES.root, issuerKey: rootKey, extensions: caExtensions(0), ...recipe })
}

/** A list of the platform's authority that is in date at the demonstration's instant. */
export function list(recipe: Partial<CrlRecipe> = {}): Promise<Uint8Array> {
  return issueCrl({
    issuer: DEMO_NAMES.platformCa, issuerKey: caKeyOf('platform'), thisUpdate: ms(DEMO_AT) - 86_400_000, nextUpdate: ms(DEMO_AT) + 86_400_000, entries: [], algorithm: ECDSA_DER, ...recipe,
  })
}

/** A name like those of the demonstration. */
export const named = (cn: string): Uint8Array => name([['CN', cn], ['O', 'Attestation Explorer, demonstration'], ['C', 'XX']])

/** A key pair of nobody. */
export async function freshKey(curve: 'P-256' | 'P-384' = 'P-256'): Promise<JsonWebKey> {
  // The engine makes no keys, so its view of the platform has no such function.
  const maker = crypto.subtle as unknown as KeyMaker
  const { privateKey } = await maker.generateKey({ name: 'ECDSA', namedCurve: curve }, true, ['sign', 'verify'])
  return maker.exportKey('jwk', privateKey)
}

interface KeyMaker {
  generateKey(algorithm: { readonly name: string; readonly namedCurve: string }, extractable: boolean, usages: readonly string[]): Promise<{ readonly privateKey: CryptoKey }>
  exportKey(format: 'jwk', key: CryptoKey): Promise<JsonWebKey>
}

/** The same bytes with the first occurrence of a pattern replaced by another of the same length. */
export function patched(bytes: Uint8Array, pattern: Uint8Array, by: Uint8Array): Uint8Array {
  for (let at = 0; at + pattern.length <= bytes.length; at++) {
    if (!pattern.every((byte, i) => bytes[at + i] === byte)) continue
    const out = bytes.slice()
    out.set(by, at)
    return out
  }
  throw new Error('the pattern is not there')
}
