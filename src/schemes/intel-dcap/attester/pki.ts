import { bytesOf } from '../../../core/place.ts'
import { enumerated, integer, octetString, boolean, oid, sequence } from '../../../bytes/der-writer.ts'
import { fromHex } from '../../../bytes/layout.ts'
import { base64Text } from '../../../envelope/base64.ts'
import {
  authorityKeyIdentifier,
  basicConstraints,
  crlDistributionPoint,
  crlNumber,
  customExtension,
  issueCertificate,
  issueCrl,
  keyUsage,
  name,
  subjectKeyIdentifier,
  type CrlRecipe,
  type IssuedExtension,
} from '../../../pki/issue.ts'
import type { SignatureAlgorithm } from '../../../crypto/types.ts'
import {
  DEMO_ROOT_CERTIFICATE,
  platformCaKey,
  platformPckKey,
  processorCaKey,
  processorPckKey,
  rootKey,
  tcbSigningKey,
} from '../demo-keys.ts'
import { PCK_EXTENSION } from '../formats/pck.ts'

/** How Intel signs certificates and lists. */
export const ECDSA_DER: SignatureAlgorithm = { kind: 'ecdsa', hash: 'SHA-256', form: 'der' }
/** How quotes, TCB info and identities are signed. */
export const ECDSA_RAW: SignatureAlgorithm = { kind: 'ecdsa', hash: 'SHA-256', form: 'p1363' }

const nameOf = (cn: string) =>
  name([
    ['CN', cn],
    ['O', 'Attestation Explorer, demonstration'],
    ['C', 'XX'],
  ])

/** Names of the demonstration authorities, DER. They keep the words by which Intel's library finds each certificate. */
export const DEMO_NAMES = {
  root: nameOf('Demonstration SGX Root CA'),
  platformCa: nameOf('Demonstration SGX PCK Platform CA'),
  processorCa: nameOf('Demonstration SGX PCK Processor CA'),
  pck: nameOf('Demonstration SGX PCK Certificate'),
  tcbSigning: nameOf('Demonstration SGX TCB Signing'),
}

const ROOT_LIST = 'https://demonstration.invalid/root.crl'

/** Milliseconds of an ISO date. */
export const ms = (iso: string): number => Date.parse(iso)

/** Which authority stands above the PCK certificate. */
export type DemoCa = 'platform' | 'processor'

/** What the PCK certificate shall say. */
export interface PlatformRecipe {
  readonly ca: DemoCa
  readonly fmspc: string
  readonly pceId: string
  readonly components: readonly number[]
  readonly pceSvn: number
  readonly smtEnabled: boolean
  readonly serial: number
  readonly notBefore: string
  readonly notAfter: string
}

/** The SGX extension of a PCK certificate. */
export function pckExtension(
  platform: Omit<PlatformRecipe, 'ca' | 'serial' | 'notBefore' | 'notAfter'> & { readonly ca: DemoCa },
): IssuedExtension {
  const item = (arc: string, value: Uint8Array) => sequence(oid(`${PCK_EXTENSION}.${arc}`), value)
  const octets = (hex: string) => octetString(fromHex(hex) ?? new Uint8Array())
  const tcb = sequence(
    ...platform.components.map((svn, i) => item(`2.${i + 1}`, integer(svn))),
    item('2.17', integer(platform.pceSvn)),
    item('2.18', octetString(Uint8Array.from(platform.components.map((svn) => svn & 0xff)))),
  )
  const flag = (value: boolean) => boolean(value)
  return customExtension(
    PCK_EXTENSION,
    sequence(
      item('1', octets('00112233445566778899aabbccddeeff')),
      item('2', tcb),
      item('3', octets(platform.pceId)),
      item('4', octets(platform.fmspc)),
      item('5', enumerated(platform.ca === 'platform' ? 1 : 0)),
      ...(platform.ca === 'platform'
        ? [
            item('6', octets('ffeeddccbbaa99887766554433221100')),
            item(
              '7',
              sequence(item('7.1', flag(true)), item('7.2', flag(true)), item('7.3', flag(platform.smtEnabled))),
            ),
          ]
        : []),
    ),
  )
}

/** Private key of the PCK certificate under that authority. */
export const pckKeyOf = (ca: DemoCa): JsonWebKey => (ca === 'platform' ? platformPckKey : processorPckKey)
/** Private key of that authority. */
export const caKeyOf = (ca: DemoCa): JsonWebKey => (ca === 'platform' ? platformCaKey : processorCaKey)
/** Name of that authority, DER. */
export const caNameOf = (ca: DemoCa): Uint8Array => (ca === 'platform' ? DEMO_NAMES.platformCa : DEMO_NAMES.processorCa)

/** The demonstration root's certificate, DER. Always the same one. */
export function rootCertificate(): Uint8Array {
  const read = base64Text(DEMO_ROOT_CERTIFICATE)
  return read ? bytesOf(read.slice).slice() : new Uint8Array()
}

const caExtensions = async (key: JsonWebKey, issuerKey: JsonWebKey, pathLength: number): Promise<IssuedExtension[]> => [
  await authorityKeyIdentifier(issuerKey),
  crlDistributionPoint(ROOT_LIST),
  await subjectKeyIdentifier(key),
  keyUsage('keyCertSign', 'cRLSign'),
  basicConstraints(true, pathLength),
]

const leafExtensions = async (key: JsonWebKey, issuerKey: JsonWebKey, list: string): Promise<IssuedExtension[]> => [
  await authorityKeyIdentifier(issuerKey),
  crlDistributionPoint(list),
  await subjectKeyIdentifier(key),
  keyUsage('digitalSignature', 'nonRepudiation'),
  basicConstraints(false),
]

/** Makes the root's certificate anew. The one in `demo-keys.ts` was made by this. */
export async function issueRoot(): Promise<Uint8Array> {
  return issueCertificate({
    subject: DEMO_NAMES.root,
    issuer: DEMO_NAMES.root,
    issuerKey: rootKey,
    subjectKey: rootKey,
    serial: 1,
    notBefore: ms('2020-01-01T00:00:00Z'),
    notAfter: ms('2049-12-31T23:59:59Z'),
    extensions: await caExtensions(rootKey, rootKey, 1),
    algorithm: ECDSA_DER,
  })
}

/** The authority that issues PCK certificates. */
export async function issueCa(ca: DemoCa): Promise<Uint8Array> {
  return issueCertificate({
    subject: caNameOf(ca),
    issuer: DEMO_NAMES.root,
    issuerKey: rootKey,
    subjectKey: caKeyOf(ca),
    serial: ca === 'platform' ? 2 : 3,
    notBefore: ms('2020-01-01T00:00:00Z'),
    notAfter: ms('2035-01-01T00:00:00Z'),
    extensions: await caExtensions(caKeyOf(ca), rootKey, 0),
    algorithm: ECDSA_DER,
  })
}

/** The PCK certificate of a platform; of another machine's key where one is given. */
export async function issuePck(platform: PlatformRecipe, key = pckKeyOf(platform.ca)): Promise<Uint8Array> {
  const extensions = await leafExtensions(key, caKeyOf(platform.ca), `https://demonstration.invalid/${platform.ca}.crl`)
  return issueCertificate({
    subject: DEMO_NAMES.pck,
    issuer: caNameOf(platform.ca),
    issuerKey: caKeyOf(platform.ca),
    subjectKey: key,
    serial: platform.serial,
    notBefore: ms(platform.notBefore),
    notAfter: ms(platform.notAfter),
    extensions: [...extensions, pckExtension(platform)],
    algorithm: ECDSA_DER,
  })
}

/** Serial of the certificate that signs TCB info. */
export const TCB_SIGNING_SERIAL = 4

/** The certificate that signs TCB info and identities. */
export async function issueTcbSigning(
  validity = { notBefore: '2025-01-01T00:00:00Z', notAfter: '2032-01-01T00:00:00Z' },
): Promise<Uint8Array> {
  return issueCertificate({
    subject: DEMO_NAMES.tcbSigning,
    issuer: DEMO_NAMES.root,
    issuerKey: rootKey,
    subjectKey: tcbSigningKey,
    serial: TCB_SIGNING_SERIAL,
    notBefore: ms(validity.notBefore),
    notAfter: ms(validity.notAfter),
    extensions: await leafExtensions(tcbSigningKey, rootKey, ROOT_LIST),
    algorithm: ECDSA_DER,
  })
}

/** What a list shall say; dates as ISO text. */
export interface ListRecipe {
  readonly thisUpdate: string
  readonly nextUpdate: string
  readonly revoked: readonly { readonly serial: number; readonly at: string; readonly reason?: number }[]
}

/** A revocation list by one of the demonstration authorities, or by another key under its name. */
export async function issueList(of: 'root' | DemoCa, recipe: ListRecipe, signer?: JsonWebKey): Promise<Uint8Array> {
  const key = of === 'root' ? rootKey : caKeyOf(of)
  const crl: CrlRecipe = {
    issuer: of === 'root' ? DEMO_NAMES.root : caNameOf(of),
    issuerKey: signer ?? key,
    thisUpdate: ms(recipe.thisUpdate),
    nextUpdate: ms(recipe.nextUpdate),
    entries: recipe.revoked.map(({ serial, at, reason }) => ({
      serial,
      revokedAt: ms(at),
      ...(reason === undefined ? {} : { reason }),
    })),
    extensions: [crlNumber(1), await authorityKeyIdentifier(key)],
    algorithm: ECDSA_DER,
  }
  return issueCrl(crl)
}
