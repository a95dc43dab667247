import { bytesOf, sliceOf } from '../src/core/place.ts'
import type { Policy } from '../src/core/policy.ts'
import { toHex } from '../src/bytes/layout.ts'
import { encodePem } from '../src/envelope/pem.ts'
import { readCertificate } from '../src/pki/certificate.ts'
import {
  authorityKeyIdentifier,
  basicConstraints,
  crlDistributionPoint,
  issueCertificate,
  keyUsage,
  subjectKeyIdentifier,
} from '../src/pki/issue.ts'
import { demoPlatform, DEMO_AT, filesOf, makeCase } from '../src/schemes/intel-dcap/attester.ts'
import { DEMO_NAMES, ECDSA_DER, pckExtension, pckKeyOf } from '../src/schemes/intel-dcap/attester/pki.ts'
import { measured } from '../src/schemes/intel-dcap/attester/quote.ts'
import type { SampleFile } from './share-links.ts'

/** A quote that is right in everything but its root, which the attacker made, and rules that would accept it. */
export async function attackerCase(): Promise<{
  readonly files: readonly SampleFile[]
  readonly policy: Policy
  readonly at: number
}> {
  const rootKey = await freshKey()
  const caKey = await freshKey()
  const between = {
    notBefore: Date.parse('2020-01-01T00:00:00Z'),
    notAfter: Date.parse('2040-01-01T00:00:00Z'),
    algorithm: ECDSA_DER,
  }
  // Everything that Intel's profile asks for is there: only the root is nobody's.
  const named = async (issuer: JsonWebKey, own: JsonWebKey) => [
    await authorityKeyIdentifier(issuer),
    crlDistributionPoint('https://attacker.invalid/list.crl'),
    await subjectKeyIdentifier(own),
  ]
  const authority = [keyUsage('keyCertSign', 'cRLSign')]
  const root = await issueCertificate({
    ...between,
    subject: DEMO_NAMES.root,
    issuer: DEMO_NAMES.root,
    issuerKey: rootKey,
    subjectKey: rootKey,
    serial: 1,
    extensions: [...(await named(rootKey, rootKey)), ...authority, basicConstraints(true, 1)],
  })
  const intermediate = await issueCertificate({
    ...between,
    subject: DEMO_NAMES.platformCa,
    issuer: DEMO_NAMES.root,
    issuerKey: rootKey,
    subjectKey: caKey,
    serial: 2,
    extensions: [...(await named(rootKey, caKey)), ...authority, basicConstraints(true, 0)],
  })
  const leaf = await issueCertificate({
    ...between,
    subject: DEMO_NAMES.pck,
    issuer: DEMO_NAMES.platformCa,
    issuerKey: caKey,
    subjectKey: pckKeyOf('platform'),
    serial: 3,
    extensions: [
      ...(await named(caKey, pckKeyOf('platform'))),
      keyUsage('digitalSignature', 'nonRepudiation'),
      basicConstraints(false),
      pckExtension(demoPlatform('td10')),
    ],
  })
  const made = await makeCase({ version: 4, bend: { certificates: () => [leaf, intermediate, root] } })
  const read = readCertificate(sliceOf('', root))
  if (!read) throw new Error('the attacker made no certificate')
  return {
    files: filesOf(made),
    at: Date.parse(DEMO_AT),
    policy: {
      schema: 'policy/1',
      registers: { MRTD: [toHex(await measured('demonstration firmware'))] },
      acceptTcbStatus: ['UpToDate', 'OutOfDate', 'Revoked'],
      anchorsAdded: [{ pem: encodePem('CERTIFICATE', bytesOf(sliceOf('', root))), purpose: 'evidence' }],
    },
  }
}

async function freshKey(): Promise<JsonWebKey> {
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify'])
  return crypto.subtle.exportKey('jwk', pair.privateKey)
}
