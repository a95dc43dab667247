import { toHex } from '../bytes/layout.ts'
import type { TrustAnchor } from '../core/scheme.ts'
import type { Certificate, PathProfile } from './types.ts'

/** Nobody knows here what the chain is for, so every algorithm that is still relied on is allowed, and what must be understood and is not stays a fault. */
export const ANY_CHAIN: PathProfile = {
  id: 'any',
  knownCritical: [],
  algorithms: ['P-256', 'P-384', 'P-521']
    .flatMap((curve) => ['256', '384', '512'].map((hash) => `ec:${curve}/ecdsa-with-SHA${hash}`))
    .concat(
      ['256', '384', '512'].flatMap((hash) => [`rsa/sha${hash}WithRSAEncryption`, `rsa/rsassa-pss-SHA${hash}`]),
      ['ed25519/Ed25519', 'ec:SM2/sm2-with-SM3'],
    ),
  leafKeyUsage: null,
  leafMayBeCa: true,
  plainConstraints: true,
}

/** Anchors of names that occur: there are many anchors, and few of them are meant. */
export function anchorsAmong(certificates: readonly Certificate[], anchors: readonly TrustAnchor[]): TrustAnchor[] {
  const names = new Set(certificates.flatMap(({ issuer, subject }) => [toHex(issuer.der), toHex(subject.der)]))
  return anchors.filter(({ subject, format }) => format === 'x509' && names.has(subject))
}

/** What a chain with these anchors would vouch for: evidence, unless only anchors of something else are meant. */
export function purposeAmong(anchors: readonly TrustAnchor[]): TrustAnchor['purpose'] {
  return anchors.some(({ purpose }) => purpose === 'evidence') ? 'evidence' : (anchors[0]?.purpose ?? 'evidence')
}
