import type { IssuedExtension } from '../../pki/issue.ts'
import { digest } from '../../crypto/verify.ts'
import {
  basicConstraints,
  crlDistributionPoint,
  crlNumber,
  customExtension,
  issueCertificate,
  issueCrl,
  keyUsage,
  name,
  subjectKeyIdentifier,
  type CertificateRecipe,
  type CrlRecipe,
} from '../../pki/issue.ts'
import { OID } from '../../pki/shape.ts'
import { sequence } from '../../bytes/der-writer.ts'
import { demoPlatform, DEMO_AT } from '../../schemes/intel-dcap/attester.ts'
import { caKeyOf, DEMO_NAMES, ECDSA_DER, ms, pckExtension } from '../../schemes/intel-dcap/attester/pki.ts'
import { attackerKey, platformCaKey, rootKey } from '../../schemes/intel-dcap/demo-keys.ts'

/** Certificates and lists that no honest authority makes, with everything usual filled in. */

const SPAN = { notBefore: ms('2020-01-01T00:00:00Z'), notAfter: ms('2035-01-01T00:00:00Z') }

/** `without`: the OID of an extension that is left out, however usual. */
export type Minted = Partial<CertificateRecipe> & { readonly without?: string }

/** Any certificate: by default a leaf of the platform's authority for the attacker's key. */
export async function certificate(minted: Minted = {}): Promise<Uint8Array> {
  const { without, ...recipe } = minted
  const { extensions = leafExtensions() } = recipe
  return issueCertificate({
    subject: DEMO_NAMES.pck,
    issuer: DEMO_NAMES.platformCa,
    issuerKey: platformCaKey,
    subjectKey: attackerKey,
    serial: 0x0666,
    ...SPAN,
    algorithm: ECDSA_DER,
    ...recipe,
    extensions:
      extensions.length === 0
        ? []
        : [...extensions, ...(await missingFrom(extensions, recipe))].filter((one) => one.oid !== without),
  })
}

// What Intel's profile wants everywhere, written as a forger would: the key identifier is the one that belongs to the name.
async function missingFrom(
  extensions: readonly IssuedExtension[],
  { subject = DEMO_NAMES.pck, subjectKey = attackerKey }: Partial<CertificateRecipe>,
): Promise<IssuedExtension[]> {
  const owner = subject === DEMO_NAMES.platformCa ? platformCaKey : subject === DEMO_NAMES.root ? rootKey : subjectKey
  const usual = [
    NO_KEY_NAMED,
    crlDistributionPoint('https://demonstration.invalid/forged.crl'),
    await subjectKeyIdentifier(owner instanceof Uint8Array ? owner.slice(0, 20) : owner),
  ]
  return usual.filter((one) => !extensions.some((other) => other.oid === one.oid))
}

/** An authorityKeyIdentifier that names no key. */
const NO_KEY_NAMED = customExtension(OID.authorityKeyIdentifier, sequence())

/** Extensions of a PCK certificate. */
export const leafExtensions = (...more: readonly IssuedExtension[]): IssuedExtension[] => [
  keyUsage('digitalSignature', 'nonRepudiation'),
  basicConstraints(false),
  pckExtension(demoPlatform('td10')),
  ...more,
]

/** Extensions of an authority. */
export const caExtensions = (pathLength?: number): IssuedExtension[] => [
  keyUsage('keyCertSign', 'cRLSign'),
  basicConstraints(true, pathLength),
]

/** An authority with any name, issuer and key. */
export function authority(recipe: Minted = {}): Promise<Uint8Array> {
  return certificate({
    subject: DEMO_NAMES.platformCa,
    issuer: DEMO_NAMES.root,
    issuerKey: rootKey,
    extensions: caExtensions(0),
    ...recipe,
  })
}

/** A list of the platform's authority that is in date at the demonstration's instant. */
export function list(recipe: Partial<CrlRecipe> = {}): Promise<Uint8Array> {
  return issueCrl({
    issuer: DEMO_NAMES.platformCa,
    issuerKey: caKeyOf('platform'),
    thisUpdate: ms(DEMO_AT) - 86_400_000,
    nextUpdate: ms(DEMO_AT) + 86_400_000,
    entries: [],
    algorithm: ECDSA_DER,
    ...recipe,
    extensions: [NO_KEY_NAMED, crlNumber(1), ...(recipe.extensions ?? [])].filter(
      (one, i, all) => all.findLastIndex((other) => other.oid === one.oid) === i,
    ),
  })
}

/** A name like those of the demonstration. */
export const named = (cn: string): Uint8Array =>
  name([
    ['CN', cn],
    ['O', 'Attestation Explorer, demonstration'],
    ['C', 'XX'],
  ])

/** A key pair of nobody. */
export async function freshKey(curve: 'P-256' | 'P-384' = 'P-256'): Promise<JsonWebKey> {
  // The engine makes no keys, so its view of the platform has no such function.
  const maker = crypto.subtle as unknown as KeyMaker
  const { privateKey } = await maker.generateKey({ name: 'ECDSA', namedCurve: curve }, true, ['sign', 'verify'])
  return maker.exportKey('jwk', privateKey)
}

interface KeyMaker {
  generateKey(
    algorithm: { readonly name: string; readonly namedCurve: string },
    extractable: boolean,
    usages: readonly string[],
  ): Promise<{ readonly privateKey: CryptoKey }>
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

// P-256: y² = x³ − 3x + b over the field of p, with the point G of order n.
const P = 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn
const N = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n
const B = 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn
const G: Point = [
  0x6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296n,
  0x4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5n,
]
type Point = readonly [bigint, bigint] | undefined

const mod = (value: bigint, by: bigint) => ((value % by) + by) % by
function power(base: bigint, exponent: bigint, by: bigint): bigint {
  let out = 1n
  for (let b = mod(base, by), e = exponent; e > 0n; e >>= 1n, b = (b * b) % by) if (e & 1n) out = (out * b) % by
  return out
}
function plus(a: Point, b: Point): Point {
  if (!a) return b
  if (!b) return a
  if (a[0] === b[0] && a[1] !== b[1]) return undefined
  const slope =
    a[0] === b[0]
      ? mod((3n * a[0] * a[0] - 3n) * power(2n * a[1], P - 2n, P), P)
      : mod((b[1] - a[1]) * power(b[0] - a[0], P - 2n, P), P)
  const x = mod(slope * slope - a[0] - b[0], P)
  return [x, mod(slope * (a[0] - x) - a[1], P)]
}
function times(point: Point, by: bigint): Point {
  let out: Point
  for (let one = point, rest = by; rest > 0n; rest >>= 1n, one = plus(one, one)) if (rest & 1n) out = plus(out, one)
  return out
}

/** Another public key under which the same P-256/SHA-256 signature over the same bytes holds. Nobody knows its private key, and nobody needs it. */
export async function otherKeyFor(data: Uint8Array, signature: Uint8Array, than: JsonWebKey): Promise<JsonWebKey> {
  const number = (bytes: Uint8Array) => BigInt(`0x${Buffer.from(bytes).toString('hex')}`)
  const [r, s, e] = [
    number(signature.subarray(0, 32)),
    number(signature.subarray(32, 64)),
    number(await digest('SHA-256', data)),
  ]
  const y = power(r * r * r - 3n * r + B, (P + 1n) / 4n, P)
  const inverse = power(r, N - 2n, N)
  const text = (value: bigint) => Buffer.from(value.toString(16).padStart(64, '0'), 'hex').toString('base64url')
  for (const root of [y, P - y]) {
    const key = times(plus(times([r, root], s), times(G, mod(-e, N))), inverse)
    if (key && text(key[0]) !== than.x) return { kty: 'EC', crv: 'P-256', x: text(key[0]), y: text(key[1]) }
  }
  throw new Error('no other key')
}
