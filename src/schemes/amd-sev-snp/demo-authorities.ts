import {
  basicConstraints,
  authorityKeyIdentifier,
  crlDistributionPoint,
  crlNumber,
  issueCertificate,
  issueCrl,
  keyUsage,
  name,
  spkiOf,
  subjectKeyIdentifier,
} from '../../pki/issue.ts'
import type { SignatureAlgorithm } from '../../crypto/types.ts'
import { demoKeys } from './demo-keys.ts'
import type { Product } from './product.ts'
import { remembered } from './remembered.ts'

/** AMD signs certificates and lists with RSASSA-PSS, SHA-384, salt of 48 bytes. */
export const AMD_SIGNATURE: SignatureAlgorithm = {
  kind: 'rsa-pss',
  hash: 'SHA-384',
  mgfHash: 'SHA-384',
  saltLength: 48,
}

const START = Date.parse('2024-01-01T00:00:00Z')
const END = Date.parse('2049-01-01T00:00:00Z')

/** AMD's kind of name, but never AMD's: a demonstration must not pass for the real thing. */
export function demoName(commonName: string): Uint8Array {
  return name([
    ['OU', 'Demonstration'],
    ['C', 'ZZ'],
    ['O', 'Attestation Explorer demonstration, not AMD'],
    ['CN', commonName],
  ])
}

/** Which authority. */
export type Authority = 'ark' | 'ask' | 'asvk'

const COMMON_NAME: Readonly<Record<Authority, (product: Product) => string>> = {
  ark: (product) => `ARK-${product}`,
  ask: (product) => `SEV-${product}`,
  asvk: (product) => `SEV-VLEK-${product}`,
}
const SERIAL: Readonly<Record<Authority, number>> = { ark: 0x10000, ask: 0x10001, asvk: 0x10101 }

/** The name of a demonstration authority. */
export function authorityName(authority: Authority, product: Product): Uint8Array {
  return demoName(COMMON_NAME[authority](product))
}

/** What may be bent for a hostile authority. */
export interface AuthorityBend {
  readonly key?: JsonWebKey
  readonly issuerKey?: JsonWebKey
  readonly serial?: number
  readonly notAfter?: number
}

/** A demonstration authority's certificate, built like AMD's. */
export function issueAuthority(authority: Authority, product: Product, bend: AuthorityBend = {}): Promise<Uint8Array> {
  return remembered('authority', [authority, product, bend], () => makeAuthority(authority, product, bend))
}

async function makeAuthority(authority: Authority, product: Product, bend: AuthorityBend): Promise<Uint8Array> {
  const keys = demoKeys[product]
  const key = bend.key ?? keys[authority]
  const issuerKey = bend.issuerKey ?? keys.ark
  return issueCertificate({
    subject: authorityName(authority, product),
    issuer: authorityName('ark', product),
    issuerKey,
    subjectKey: spkiOf(key),
    serial: bend.serial ?? SERIAL[authority],
    notBefore: START,
    notAfter: bend.notAfter ?? END,
    algorithm: AMD_SIGNATURE,
    extensions: [
      await subjectKeyIdentifier(key),
      ...(authority === 'ark' ? [] : [await authorityKeyIdentifier(issuerKey)]),
      basicConstraints(true, authority === 'ark' ? undefined : 0),
      authority === 'ark' ? keyUsage('keyCertSign', 'cRLSign') : keyUsage('keyCertSign'),
      crlDistributionPoint(`https://kdsintf.invalid/vcek/v1/${product}/crl`),
    ],
  })
}

/** What a demonstration list says. */
export interface DemoCrl {
  readonly thisUpdate?: number
  readonly nextUpdate?: number
  readonly revoked?: readonly { readonly authority: Authority; readonly at: number }[]
  readonly issuerKey?: JsonWebKey
}

/** A demonstration revocation list by the ARK of a generation. */
export function issueDemoCrl(product: Product, options: DemoCrl = {}): Promise<Uint8Array> {
  return remembered('crl', [product, options], () => makeCrl(product, options))
}

async function makeCrl(product: Product, options: DemoCrl): Promise<Uint8Array> {
  const thisUpdate = options.thisUpdate ?? Date.parse('2026-01-01T00:00:00Z')
  return issueCrl({
    issuer: authorityName('ark', product),
    issuerKey: options.issuerKey ?? demoKeys[product].ark,
    thisUpdate,
    nextUpdate: options.nextUpdate ?? Date.parse('2027-01-01T00:00:00Z'),
    algorithm: AMD_SIGNATURE,
    entries: (options.revoked ?? []).map((one) => ({ serial: SERIAL[one.authority], revokedAt: one.at })),
    extensions: [await authorityKeyIdentifier(demoKeys[product].ark), crlNumber(1)],
  })
}
