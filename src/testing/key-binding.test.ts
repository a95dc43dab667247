import { describe, expect, it } from 'vitest'
import { cborArray, cborBytes, cborInt, cborMap, cborTag } from '../bytes/cbor-writer.ts'
import { octetString } from '../bytes/der-writer.ts'
import { joinBytes } from '../bytes/join.ts'
import { NO_POLICY, type Policy } from '../core/policy.ts'
import type { SignatureAlgorithm } from '../crypto/types.ts'
import { appraise } from '../engine/appraise.ts'
import { toBase64 } from '../envelope/base64.ts'
import { encodePem } from '../envelope/pem.ts'
import { customExtension, issueCertificate, name, spkiOf } from '../pki/issue.ts'
import { ES256, KEYS } from '../pki/testing.ts'
import { makeReport } from '../schemes/amd-sev-snp/attester.ts'
import { makeDocument } from '../schemes/aws-nitro/attester.ts'
import { demoKeys } from '../schemes/token/attester.ts'

/** Certificates that carry evidence, one for each project's recipe: with its own key the binding holds; with another it fails where the project fixes the recipe, and stays open elsewhere. */

const AT = Date.parse('2026-01-01T00:00:00Z')
const text = (value: string) => new TextEncoder().encode(value)
const hash = async (algorithm: string, ...parts: readonly Uint8Array[]) =>
  new Uint8Array(await crypto.subtle.digest(algorithm, joinBytes(parts)))
const spki = spkiOf(KEYS.leaf)
const point = spki.subarray(-65)
const padded = (value: Uint8Array) => joinBytes([value, new Uint8Array(64 - value.length)])

interface Row {
  /** Key of the certificate, with what signs it; P-256 by default. */
  readonly rsa?: true
  /** What the reader says that was asked. */
  readonly nonce?: string
  readonly project: string
  readonly oid: string
  readonly userData: (spki: Uint8Array) => Promise<Uint8Array>
  readonly value?: (report: Uint8Array) => Uint8Array | Promise<Uint8Array>
  readonly recipe: string
  readonly otherwise: 'fail' | 'not-checked'
}
const openEnclave = (report: Uint8Array) => {
  const head = new DataView(new ArrayBuffer(16))
  head.setUint32(0, 1, true)
  head.setUint32(4, 2, true)
  head.setUint32(8, report.length, true)
  return joinBytes([new Uint8Array(head.buffer), report])
}
const claimsOf = async (key: Uint8Array) =>
  cborMap(['pubkey-hash', cborBytes(cborArray(cborInt(1), cborBytes(await hash('SHA-256', key))))])
const pem = (key: Uint8Array) => text(`${encodePem('PUBLIC KEY', key)}\0`)

const ROWS: readonly Row[] = [
  ...['1.2.840.113556.10.1.1', '1.3.6.1.4.1.311.105.1'].map((oid): Row => ({
    project: 'Open Enclave, Microsoft Azure Attestation',
    oid,
    userData: (key) => hash('SHA-256', pem(key)),
    value: openEnclave,
    recipe: 'sha256(SPKI PEM+NUL)',
    otherwise: 'fail',
  })),
  {
    project: 'EGo',
    oid: '1.3.6.1.4.1.311.105.1',
    userData: (key) => hash('SHA-256', key),
    value: openEnclave,
    recipe: 'sha256(SPKI DER)',
    otherwise: 'fail',
  },
  {
    project: 'Gramine until 1.7',
    oid: '0.6.9.42.840.113741.1337.6',
    userData: (key) => hash('SHA-256', key),
    recipe: 'sha256(SPKI DER)',
    otherwise: 'not-checked',
  },
  {
    project: 'Cosmian (SEV-SNP)',
    oid: '1.2.840.113741.1337.7',
    userData: () => hash('SHA-256', point),
    recipe: 'sha256(EC point)',
    otherwise: 'not-checked',
  },
  {
    project: 'Interoperable RA-TLS (Gramine from 1.8, librats)',
    oid: '2.23.133.5.4.9',
    userData: async (key) => hash('SHA-256', await claimsOf(key)),
    value: async (report) => cborTag(0x1a7504, cborArray(cborBytes(report), cborBytes(await claimsOf(spki)))),
    recipe: 'sha256(claims) with pubkey-hash',
    otherwise: 'fail',
  },
  {
    project: 'dstack',
    oid: '1.3.6.1.4.1.62397.1.1',
    userData: (key) => hash('SHA-512', text('ratls-cert:'), key),
    value: octetString,
    recipe: 'sha512("ratls-cert:"|SPKI DER)',
    otherwise: 'fail',
  },
  {
    project: 'Constellation',
    oid: '1.3.9900.3.2',
    userData: (key) => hash('SHA-256', key),
    recipe: 'sha256(SPKI DER)',
    otherwise: 'not-checked',
  },
  {
    project: 'rats-tls',
    oid: '1.2.840.113741.1337.6',
    rsa: true,
    // PKCS#1 is what stands in the bit string behind the algorithm.
    userData: (key) => hash('SHA-256', key.subarray(24)),
    recipe: 'sha256(PKCS#1 RSAPublicKey DER)',
    otherwise: 'not-checked',
  },
  {
    project: 'Contrast, with the nonce that the reader gives',
    oid: '1.3.9901.2.1',
    nonce: '07'.repeat(32),
    userData: (key) => hash('SHA-512', key, new Uint8Array(32).fill(7)),
    recipe: 'sha512(SPKI DER|nonce)',
    otherwise: 'not-checked',
  },
  {
    project: 'Contrast without a nonce',
    oid: '1.3.9901.2.1',
    userData: (key) => hash('SHA-512', key),
    recipe: 'sha512(SPKI DER)',
    otherwise: 'not-checked',
  },
]

const issued = (
  oid: string | undefined,
  value: Uint8Array,
  key: JsonWebKey = KEYS.leaf,
  own: JsonWebKey = KEYS.leaf,
  algorithm: SignatureAlgorithm = ES256,
) =>
  issueCertificate({
    subject: name({ CN: 'service.example' }),
    issuer: name({ CN: 'service.example' }),
    issuerKey: key,
    subjectKey: own,
    serial: 5,
    notBefore: AT - 1000,
    notAfter: AT + 86_400_000,
    algorithm,
    extensions: oid === undefined ? [] : [customExtension(oid, value)],
  })
async function checksOf(...files: readonly Uint8Array[]) {
  return checksUnder(NO_POLICY, ...files)
}
async function checksUnder(policy: Policy, ...files: readonly Uint8Array[]) {
  const view = await appraise(
    files.map((bytes, i) => ({ name: `file ${i}`, bytes })),
    { at: AT, atSource: 'given', policy },
  )
  const one = (id: string) => view.checks.find((check) => check.id === id)
  return {
    fresh: one('fresh.nonce-matches'),
    bound: one('ratls.key-bound'),
    self: one('ratls.self-signed'),
    possession: one('ratls.possession'),
  }
}

describe.each(ROWS.map((row) => [`${row.project}, ${row.oid}`, row] as const))('%s', (_, row) => {
  const own = row.rsa ? demoKeys.maa : KEYS.leaf
  const issue = (value: Uint8Array) =>
    issued(row.oid, value, own, own, row.rsa ? { kind: 'rsa-pkcs1', hash: 'SHA-256' } : ES256)
  const policy: Policy = row.nonce === undefined ? NO_POLICY : { ...NO_POLICY, nonce: row.nonce }
  const certificate = async (userData: Uint8Array) => {
    const report = await makeReport({ reportData: padded(userData) })
    return issue((await row.value?.(report)) ?? report)
  }
  it('holds with its own key', async () => {
    const { bound, self, fresh } = await checksUnder(policy, await certificate(await row.userData(spkiOf(own))))
    // A nonce that was hashed together with the key is the nonce that was asked for.
    if (row.nonce !== undefined) expect(fresh).toMatchObject({ outcome: 'pass' })
    expect(bound).toMatchObject({ outcome: 'pass', found: row.recipe })
    expect(self).toMatchObject({ outcome: 'pass' })
    console.log(`${row.project} ${row.oid} | ${row.recipe} | own key: holds, signed by itself`)
  })
  it(`with another key: ${row.otherwise}`, async () => {
    const other = await checksUnder(policy, await certificate(await hash('SHA-256', text('another key'))))
    expect(other.bound).toMatchObject({ outcome: row.otherwise })
    const none = await checksUnder(policy, await certificate(new Uint8Array(64)))
    expect(none.bound).toMatchObject({ outcome: row.otherwise })
    console.log(
      `${row.project} ${row.oid} | another key: ${other.bound?.outcome} | nothing there: ${none.bound?.outcome}`,
    )
  })
})

it('says that whoever made the certificate may not hold its key where it did not sign it', async () => {
  const report = await makeReport({ reportData: padded(await hash('SHA-256', spki)) })
  const { bound, self, possession } = await checksOf(await issued('1.3.9900.3.2', report, KEYS.root))
  expect(bound).toMatchObject({ outcome: 'pass' })
  expect(self).toMatchObject({ outcome: 'fail' })
  expect(possession).toMatchObject({ outcome: 'warn', weight: 'decides' })
})

it('finds a key beside evidence whose user data is the key itself, or its multihash', async () => {
  const certificate = await issued(undefined, new Uint8Array())
  const multihash = joinBytes([Uint8Array.of(0x12, 0x20), await hash('SHA-256', spki)])
  for (const [userData, found] of [
    [spki, 'SPKI DER'],
    [multihash, 'multihash sha256(SPKI DER)'],
    [await hash('SHA-256', certificate), 'sha256(certificate DER)'],
  ] as const)
    expect((await checksOf(await makeDocument({ userData }), certificate)).bound).toMatchObject({
      outcome: 'pass',
      found,
    })
  expect((await checksOf(await makeDocument({ userData: spkiOf(KEYS.root) }), certificate)).bound).toBeUndefined()
})

it('appraises the machine behind a key of a set only where the set stands alone: beside evidence it is no second subject', async () => {
  const report = await makeReport({ reportData: padded(await hash('SHA-256', pem(spki))) })
  const certificate = await issued('1.3.6.1.4.1.311.105.1', openEnclave(report))
  const { kty, crv, x, y } = KEYS.leaf
  const set = text(JSON.stringify({ keys: [{ kty, crv, x, y, kid: 'service', x5c: [toBase64(certificate)] }] }))
  const view = async (...files: readonly Uint8Array[]) =>
    appraise(
      files.map((bytes, i) => ({ name: `file ${i}`, bytes })),
      { at: AT, atSource: 'given', policy: NO_POLICY },
    )
  const alone = await view(set)
  expect(alone.subjects).toHaveLength(1)
  expect(alone.checks.find(({ id }) => id === 'ratls.key-bound')).toMatchObject({ outcome: 'pass' })
  expect(alone.examined.map(({ findings }) => findings.map(({ id, outcome }) => [id, outcome]))).toContainEqual(
    expect.arrayContaining([['key.certified', 'pass']]),
  )
  const document = await makeDocument()
  const without = await view(document)
  const beside = await view(document, set)
  expect(beside.subjects.map(({ format }) => format)).toEqual(without.subjects.map(({ format }) => format))
  expect([beside.headline, beside.ifRootTrusted]).toEqual([without.headline, without.ifRootTrusted])
})
