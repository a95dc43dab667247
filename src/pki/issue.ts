import {
  bitString,
  boolean,
  enumerated,
  explicit,
  implicit,
  implicitConstructed,
  integer,
  nothing,
  octetString,
  oid,
  printable,
  sequence,
  set,
  time,
  utf8,
} from '../bytes/der-writer.ts'
import { bytesOf, sliceOf } from '../core/place.ts'
import { bitStringOf, readDerStrict, sequenceOf } from '../bytes/der.ts'
import { base64Text } from '../envelope/base64.ts'
import { p1363ToDer } from '../crypto/ecdsa-der.ts'
import { ecSpki, ed25519Spki, OID_ED25519, OID_RSA_PSS, rsaSpki } from '../crypto/keys.ts'
import { HASH_OIDS } from '../crypto/pss.ts'
import { sm2Sign } from '../crypto/sm2.ts'
import type { HashName, SignatureAlgorithm } from '../crypto/types.ts'
import { digest } from '../crypto/verify.ts'
import { OID } from './shape.ts'

/** Makes demonstration certificates and lists. Keys are fixed JWKs that stand in the open; nothing here guards a secret. */

/** An extension to put in, `value` being the DER inside the octet string. */
export interface IssuedExtension {
  readonly oid: string
  readonly critical: boolean
  readonly value: Uint8Array
}

export interface CertificateRecipe {
  /** DER of the name, from `name()`. */
  readonly subject: Uint8Array
  readonly issuer: Uint8Array
  /** Private JWK of the issuer. */
  readonly issuerKey: JsonWebKey
  /** Public JWK (private members are ignored), or a whole SubjectPublicKeyInfo. */
  readonly subjectKey: JsonWebKey | Uint8Array
  readonly serial: number | bigint | Uint8Array
  /** Milliseconds since 1970. */
  readonly notBefore: number
  readonly notAfter: number
  readonly extensions?: readonly IssuedExtension[]
  readonly algorithm: SignatureAlgorithm
  /** For hostile certificates in tests: what the inner copy says, the version number, an outer algorithm of its own. */
  readonly bend?: { readonly innerAlgorithm?: Uint8Array; readonly version?: number | null }
}

/** A signed certificate, DER. */
export async function issueCertificate(recipe: CertificateRecipe): Promise<Uint8Array> {
  const outer = algorithmIdentifier(recipe.algorithm)
  const version = recipe.bend?.version === undefined ? 2 : recipe.bend.version
  const extensions = recipe.extensions ?? []
  const tbs = sequence(
    ...(version === null ? [] : [explicit(0, integer(version))]),
    integer(recipe.serial),
    recipe.bend?.innerAlgorithm ?? outer,
    recipe.issuer,
    sequence(time(recipe.notBefore), time(recipe.notAfter)),
    recipe.subject,
    recipe.subjectKey instanceof Uint8Array ? recipe.subjectKey : spkiOf(recipe.subjectKey),
    ...(extensions.length === 0 ? [] : [explicit(3, sequence(...extensions.map(extension)))]),
  )
  return sequence(tbs, outer, bitString(await signWith(recipe.issuerKey, recipe.algorithm, tbs)))
}

export interface CrlRecipe {
  readonly issuer: Uint8Array
  readonly issuerKey: JsonWebKey
  readonly thisUpdate: number
  readonly nextUpdate?: number
  readonly entries: readonly {
    readonly serial: number | bigint | Uint8Array
    readonly revokedAt: number
    readonly reason?: number
    readonly extensions?: readonly IssuedExtension[]
  }[]
  readonly extensions?: readonly IssuedExtension[]
  readonly algorithm: SignatureAlgorithm
}

/** A signed certificate revocation list, DER. */
export async function issueCrl(recipe: CrlRecipe): Promise<Uint8Array> {
  const algorithm = algorithmIdentifier(recipe.algorithm)
  const entries = recipe.entries.map((entry) => {
    const extensions = [
      ...(entry.reason === undefined
        ? []
        : [{ oid: OID.reasonCode, critical: false, value: enumerated(entry.reason) }]),
      ...(entry.extensions ?? []),
    ]
    return sequence(
      integer(entry.serial),
      time(entry.revokedAt),
      ...(extensions.length === 0 ? [] : [sequence(...extensions.map(extension))]),
    )
  })
  const extensions = recipe.extensions ?? []
  const tbs = sequence(
    integer(1),
    algorithm,
    recipe.issuer,
    time(recipe.thisUpdate),
    ...(recipe.nextUpdate === undefined ? [] : [time(recipe.nextUpdate)]),
    ...(entries.length === 0 ? [] : [sequence(...entries)]),
    ...(extensions.length === 0 ? [] : [explicit(0, sequence(...extensions.map(extension)))]),
  )
  return sequence(tbs, algorithm, bitString(await signWith(recipe.issuerKey, recipe.algorithm, tbs)))
}

function extension({ oid: id, critical, value }: IssuedExtension): Uint8Array {
  return sequence(oid(id), ...(critical ? [boolean(true)] : []), octetString(value))
}

const ECDSA_OIDS: Readonly<Record<HashName, string>> = {
  'SHA-1': '1.2.840.10045.4.1',
  'SHA-256': '1.2.840.10045.4.3.2',
  'SHA-384': '1.2.840.10045.4.3.3',
  'SHA-512': '1.2.840.10045.4.3.4',
  SM3: '1.2.156.10197.1.501',
}
const RSA_OIDS: Readonly<Record<HashName, string>> = {
  'SHA-1': '1.2.840.113549.1.1.5',
  'SHA-256': '1.2.840.113549.1.1.11',
  'SHA-384': '1.2.840.113549.1.1.12',
  'SHA-512': '1.2.840.113549.1.1.13',
  SM3: '1.2.156.10197.1.504',
}

/** DER of the AlgorithmIdentifier for certificates and lists. */
export function algorithmIdentifier(algorithm: SignatureAlgorithm): Uint8Array {
  switch (algorithm.kind) {
    case 'ecdsa':
      return sequence(oid(ECDSA_OIDS[algorithm.hash]))
    case 'rsa-pkcs1':
      return sequence(oid(RSA_OIDS[algorithm.hash]), nothing())
    case 'rsa-pss':
      return sequence(
        oid(OID_RSA_PSS),
        sequence(
          explicit(0, hashIdentifier(algorithm.hash)),
          explicit(1, sequence(oid('1.2.840.113549.1.1.8'), hashIdentifier(algorithm.mgfHash))),
          explicit(2, integer(algorithm.saltLength)),
        ),
      )
    case 'ed25519':
      return sequence(oid(OID_ED25519))
    case 'sm2':
      return sequence(oid('1.2.156.10197.1.501'))
  }
}

function hashIdentifier(hash: HashName): Uint8Array {
  const id = Object.keys(HASH_OIDS).find((one) => HASH_OIDS[one] === hash) ?? ''
  return sequence(oid(id), nothing())
}

/** Signs with a private JWK, in the form that the algorithm names. SM2 keys are JWKs with `crv: 'SM2'`; their nonce follows from key and message, so the same input gives the same bytes. */
export async function signWith(jwk: JsonWebKey, algorithm: SignatureAlgorithm, data: Uint8Array): Promise<Uint8Array> {
  switch (algorithm.kind) {
    case 'ecdsa': {
      const key = await crypto.subtle.importKey('jwk', bare(jwk), { name: 'ECDSA', namedCurve: jwk.crv ?? '' }, false, [
        'sign',
      ])
      const raw = new Uint8Array(
        await crypto.subtle.sign({ name: 'ECDSA', hash: algorithm.hash }, key, new Uint8Array(data)),
      )
      return algorithm.form === 'der' ? p1363ToDer(raw) : raw
    }
    case 'rsa-pkcs1':
    case 'rsa-pss': {
      const name = algorithm.kind === 'rsa-pss' ? 'RSA-PSS' : 'RSASSA-PKCS1-v1_5'
      const key = await crypto.subtle.importKey('jwk', bare(jwk), { name, hash: algorithm.hash }, false, ['sign'])
      return new Uint8Array(
        await crypto.subtle.sign(
          algorithm.kind === 'rsa-pss' ? { name, saltLength: algorithm.saltLength } : { name },
          key,
          new Uint8Array(data),
        ),
      )
    }
    case 'ed25519': {
      const key = await crypto.subtle.importKey('jwk', bare(jwk), { name: 'Ed25519' }, false, ['sign'])
      return new Uint8Array(await crypto.subtle.sign({ name: 'Ed25519' }, key, new Uint8Array(data)))
    }
    case 'sm2': {
      const secret = base64Url(jwk.d)
      for (let round = 0; round < 8; round++) {
        const nonce = await digest('SHA-256', Uint8Array.from([round, ...secret, ...data]))
        const raw = sm2Sign(secret, algorithm.userId, data, nonce)
        if (raw) return algorithm.form === 'der' ? p1363ToDer(raw) : raw
      }
      throw new Error('no SM2 nonce made a signature')
    }
  }
}

// Members that restrict the use of a key would only get in the way.
function bare(jwk: JsonWebKey): JsonWebKey {
  const { alg: _alg, use: _use, key_ops: _ops, ext: _ext, ...rest } = jwk
  return rest
}

/** SubjectPublicKeyInfo of a JWK's public part. */
export function spkiOf(jwk: JsonWebKey): Uint8Array<ArrayBuffer> {
  if (jwk.kty === 'RSA') return rsaSpki(base64Url(jwk.n), base64Url(jwk.e))
  if (jwk.crv === 'Ed25519') return ed25519Spki(base64Url(jwk.x))
  const curve =
    jwk.crv === 'P-256' || jwk.crv === 'P-384' || jwk.crv === 'P-521' || jwk.crv === 'SM2' ? jwk.crv : undefined
  if (!curve) throw new Error(`no such key: ${jwk.kty} ${jwk.crv}`)
  const [x, y] = [base64Url(jwk.x), base64Url(jwk.y)]
  return ecSpki(curve, Uint8Array.from([...x, ...y]))
}

function base64Url(text = ''): Uint8Array {
  const read = base64Text(text)
  return read ? bytesOf(read.slice) : new Uint8Array()
}

const ATTRIBUTES: Readonly<Record<string, string>> = {
  CN: '2.5.4.3',
  serialNumber: '2.5.4.5',
  C: '2.5.4.6',
  L: '2.5.4.7',
  ST: '2.5.4.8',
  O: '2.5.4.10',
  OU: '2.5.4.11',
}

/** A distinguished name from `{ C: 'US', O: 'Example', CN: 'Root' }`, or from [attribute or OID, text] pairs; in that order. Countries and serial numbers are PrintableString, the rest UTF8String. */
export function name(
  attributes: Readonly<Record<string, string>> | readonly (readonly [string, string])[],
): Uint8Array<ArrayBuffer> {
  const pairs = isPairs(attributes) ? attributes : Object.entries(attributes)
  return sequence(
    ...pairs.map(([type, text]) =>
      set(
        sequence(oid(ATTRIBUTES[type] ?? type), type === 'C' || type === 'serialNumber' ? printable(text) : utf8(text)),
      ),
    ),
  )
}

function isPairs(
  attributes: Readonly<Record<string, string>> | readonly (readonly [string, string])[],
): attributes is readonly (readonly [string, string])[] {
  return Array.isArray(attributes)
}

/** basicConstraints, critical. */
export function basicConstraints(cA: boolean, pathLength?: number): IssuedExtension {
  return {
    oid: OID.basicConstraints,
    critical: true,
    value: sequence(...(cA ? [boolean(true)] : []), ...(pathLength === undefined ? [] : [integer(pathLength)])),
  }
}

const USAGES = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
] as const

/** keyUsage, critical. */
export function keyUsage(...usages: readonly (typeof USAGES)[number][]): IssuedExtension {
  const bits = usages.reduce((sum, usage) => sum | (0x80 >> USAGES.indexOf(usage)), 0)
  const unused = bits === 0 ? 0 : 31 - Math.clz32(bits & -bits)
  return {
    oid: OID.keyUsage,
    critical: true,
    value: bits === 0 ? bitString(new Uint8Array()) : bitString(Uint8Array.of(bits), unused),
  }
}

/** extKeyUsage. */
export function extendedKeyUsage(...purposes: readonly string[]): IssuedExtension {
  return { oid: OID.extKeyUsage, critical: false, value: sequence(...purposes.map(oid)) }
}

/** subjectKeyIdentifier: SHA-1 of the key bits (RFC 5280 section 4.2.1.2, method 1), or given bytes. */
export async function subjectKeyIdentifier(key: JsonWebKey | Uint8Array): Promise<IssuedExtension> {
  return {
    oid: OID.subjectKeyIdentifier,
    critical: false,
    value: octetString(key instanceof Uint8Array ? key : await keyIdentifier(key)),
  }
}

/** authorityKeyIdentifier with the key identifier of the issuer's key, or with given bytes. */
export async function authorityKeyIdentifier(key: JsonWebKey | Uint8Array): Promise<IssuedExtension> {
  return {
    oid: OID.authorityKeyIdentifier,
    critical: false,
    value: sequence(implicit(0, key instanceof Uint8Array ? key : await keyIdentifier(key))),
  }
}

async function keyIdentifier(key: JsonWebKey): Promise<Uint8Array> {
  const bits = bitStringOf(sequenceOf(readDerStrict(sliceOf('', spkiOf(key))))?.[1])
  return digest('SHA-1', bits ? bytesOf(bits.slice) : new Uint8Array())
}

/** cRLDistributionPoints with one address. */
export function crlDistributionPoint(url: string): IssuedExtension {
  return {
    oid: OID.cRLDistributionPoints,
    critical: false,
    value: sequence(
      sequence(implicitConstructed(0, implicitConstructed(0, implicit(6, new TextEncoder().encode(url))))),
    ),
  }
}

/** cRLNumber. */
export function crlNumber(value: number): IssuedExtension {
  return { oid: OID.cRLNumber, critical: false, value: integer(value) }
}

/** issuingDistributionPoint that narrows a list to CA certificates, critical. */
export function onlyCaCertificates(): IssuedExtension {
  return { oid: OID.issuingDistributionPoint, critical: true, value: sequence(implicit(2, Uint8Array.of(0xff))) }
}

/** deltaCRLIndicator, critical. */
export function deltaCrlIndicator(base: number): IssuedExtension {
  return { oid: OID.deltaCRLIndicator, critical: true, value: integer(base) }
}

/** subjectAltName with DNS names. */
export function subjectAltName(...names: readonly string[]): IssuedExtension {
  return {
    oid: OID.subjectAltName,
    critical: false,
    value: sequence(...names.map((one) => implicit(2, new TextEncoder().encode(one)))),
  }
}

/** An extension with any value. */
export function customExtension(id: string, value: Uint8Array, critical = false): IssuedExtension {
  return { oid: id, critical, value }
}
