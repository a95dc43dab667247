import type { IssuedExtension } from '../../pki/issue.ts'
import {
  basicConstraints,
  crlDistributionPoint,
  customExtension,
  issueCertificate,
  keyUsage,
  name,
  subjectKeyIdentifier,
} from '../../pki/issue.ts'
import { OID } from '../../pki/shape.ts'
import { demoPlatform, type DemoCase, type DemoFile } from './attester.ts'
import { answerOf, signText } from './attester/collateral.ts'
import { DEMO_NAMES, ECDSA_DER, ms, pckExtension } from './attester/pki.ts'
import { attackerKey, platformCaKey } from './demo-keys.ts'
import { integer, sequence } from '../../bytes/der-writer.ts'

/** Certificates that an attacker would make, for tests. */

// All that Intel's profile wants to see; which key is meant, a forger leaves open.
const usual = async (key: JsonWebKey): Promise<IssuedExtension[]> => [
  customExtension(OID.authorityKeyIdentifier, sequence()),
  crlDistributionPoint('https://demonstration.invalid/forged.crl'),
  await subjectKeyIdentifier(key),
]

const SUB = name([['CN', 'Demonstration SGX PCK Sub CA']])

interface LeafOptions {
  readonly issuerKey: JsonWebKey
  readonly issuer?: 'platformCa' | 'pck' | 'sub'
  readonly isCa?: boolean
  readonly critical?: string
  readonly version?: number
}

/** A PCK certificate for the attacker's key: names as they should be, signed by whoever is given. */
export async function evilLeaf({
  issuerKey,
  issuer = 'platformCa',
  isCa = false,
  critical,
  version,
}: LeafOptions): Promise<Uint8Array> {
  const platform = demoPlatform('td10')
  const extensions: IssuedExtension[] = [
    ...(await usual(attackerKey)),
    keyUsage('digitalSignature', 'nonRepudiation', ...(isCa ? ['keyCertSign' as const] : [])),
    basicConstraints(isCa),
    pckExtension(platform),
    ...(critical === undefined ? [] : [customExtension(critical, integer(1), true)]),
  ]
  return issueCertificate({
    subject: DEMO_NAMES.pck,
    issuer: issuer === 'sub' ? SUB : DEMO_NAMES[issuer],
    issuerKey,
    subjectKey: attackerKey,
    serial: 666,
    notBefore: ms(platform.notBefore),
    notAfter: ms(platform.notAfter),
    extensions,
    algorithm: ECDSA_DER,
    ...(version === undefined ? {} : { bend: { version } }),
  })
}

/** An authority below the platform's, which its path length forbids. */
export async function subAuthority(): Promise<Uint8Array> {
  return issueCertificate({
    subject: SUB,
    issuer: DEMO_NAMES.platformCa,
    issuerKey: platformCaKey,
    subjectKey: attackerKey,
    serial: 667,
    notBefore: ms('2026-01-01T00:00:00Z'),
    notAfter: ms('2030-01-01T00:00:00Z'),
    extensions: [...(await usual(attackerKey)), keyUsage('keyCertSign', 'cRLSign'), basicConstraints(true)],
    algorithm: ECDSA_DER,
  })
}

/** A root with the demonstration root's name and the attacker's key. */
export async function lookAlikeRoot(): Promise<Uint8Array> {
  return issueCertificate({
    subject: DEMO_NAMES.root,
    issuer: DEMO_NAMES.root,
    issuerKey: attackerKey,
    subjectKey: attackerKey,
    serial: 1,
    notBefore: ms('2020-01-01T00:00:00Z'),
    notAfter: ms('2049-12-31T23:59:59Z'),
    extensions: [...(await usual(attackerKey)), keyUsage('keyCertSign', 'cRLSign'), basicConstraints(true, 1)],
    algorithm: ECDSA_DER,
  })
}

/** The platform's authority with the attacker's key, under the look-alike root. */
export async function attackersCa(): Promise<Uint8Array> {
  return issueCertificate({
    subject: DEMO_NAMES.platformCa,
    issuer: DEMO_NAMES.root,
    issuerKey: attackerKey,
    subjectKey: attackerKey,
    serial: 2,
    notBefore: ms('2020-01-01T00:00:00Z'),
    notAfter: ms('2035-01-01T00:00:00Z'),
    extensions: [...(await usual(attackerKey)), keyUsage('keyCertSign', 'cRLSign'), basicConstraints(true, 0)],
    algorithm: ECDSA_DER,
  })
}

/** Collateral that says the same, signed under a look-alike root. */
export async function attackersCollateral(genuine: DemoCase): Promise<DemoFile[]> {
  const signer = await issueCertificate({
    subject: DEMO_NAMES.tcbSigning,
    issuer: DEMO_NAMES.root,
    issuerKey: attackerKey,
    subjectKey: attackerKey,
    serial: 4,
    notBefore: ms('2020-01-01T00:00:00Z'),
    notAfter: ms('2035-01-01T00:00:00Z'),
    extensions: [...(await usual(attackerKey)), keyUsage('digitalSignature'), basicConstraints(false)],
    algorithm: ECDSA_DER,
  })
  const text = (value: string) => new TextEncoder().encode(value)
  return [
    { name: 'tcb-info', bytes: text(answerOf(await signText('tcbInfo', genuine.tcbInfo.text, attackerKey))) },
    { name: 'identity', bytes: text(answerOf(await signText('enclaveIdentity', genuine.identity.text, attackerKey))) },
    { name: 'signer', bytes: signer },
    { name: 'root', bytes: await lookAlikeRoot() },
  ]
}
