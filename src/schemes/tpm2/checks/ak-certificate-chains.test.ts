import { expect, it } from 'vitest'
import {
  basicConstraints,
  issueCertificate,
  keyUsage,
  name,
  spkiOf,
  type CertificateRecipe,
} from '../../../pki/issue.ts'
import { digest } from '../../../crypto/verify.ts'
import { anchorOf, read } from '../../../pki/testing.ts'
import { toHex } from '../../../bytes/layout.ts'
import { anchors } from '../anchors.ts'
import { demoAk, foreignAk } from '../demo-keys.ts'
import { ask } from '../testing.ts'
import { akCertificateChains } from './ak-certificate-chains.ts'

const sha256 = async (base64: string) => toHex(await digest('SHA-256', Uint8Array.from(Buffer.from(base64, 'base64'))))
const SPAN = { notBefore: Date.parse('2025-01-01T00:00:00Z'), notAfter: Date.parse('2030-01-01T00:00:00Z') }
const rootName = name([['CN', 'TPM root of a demonstration']])
const made = (recipe: Partial<CertificateRecipe> = {}) =>
  issueCertificate({
    subject: name([['CN', 'AK of a demonstration']]),
    issuer: rootName,
    issuerKey: foreignAk,
    subjectKey: spkiOf(demoAk),
    serial: 7,
    ...SPAN,
    algorithm: { kind: 'rsa-pkcs1', hash: 'SHA-256' },
    extensions: [keyUsage('digitalSignature'), basicConstraints(false)],
    ...recipe,
  })
const root = () =>
  made({
    subject: rootName,
    subjectKey: spkiOf(foreignAk),
    serial: 1,
    extensions: [keyUsage('keyCertSign'), basicConstraints(true)],
  })

const anchor = async () => ({
  ...(await anchorOf(read(await root()))),
  holder: 'Demonstration',
  status: 'pinned' as const,
})

it('passes where the chain leads to a known root', async () => {
  expect(await ask(akCertificateChains, { certificates: [await made()], anchors: [await anchor()] })).toMatchObject({
    outcome: 'pass',
    because: { params: { holder: 'Demonstration', names: 'AK of a demonstration ← TPM root of a demonstration' } },
  })
})
it('takes a certificate with the zeros behind it that the index of a TPM leaves, and no other bytes', async () => {
  const padded = (filler: number) =>
    made().then((bytes) => {
      const out = new Uint8Array(bytes.length + 40).fill(filler)
      out.set(bytes)
      return out
    })
  expect(await ask(akCertificateChains, { certificates: [await padded(0)], anchors: [await anchor()] })).toMatchObject({
    outcome: 'pass',
  })
  expect(await ask(akCertificateChains, { certificates: [await padded(1)], anchors: [await anchor()] })).toMatchObject({
    outcome: 'fail',
    because: { text: 'cert.der' },
  })
})
it("is not checked where an authority is missing, or where the root is the evidence's own", async () => {
  expect(await ask(akCertificateChains, { certificates: [await made()], anchors })).toMatchObject({
    outcome: 'not-checked',
    because: { text: 'tpm.ak-issuer-missing', params: { issuer: 'TPM root of a demonstration' } },
  })
  expect(await ask(akCertificateChains, { certificates: [await made(), await root()], anchors })).toMatchObject({
    outcome: 'not-checked',
    because: { text: 'tpm.ak-root-not-pinned' },
  })
})
it('a certificate that somebody wrote around the key, before or behind, changes nothing', async () => {
  const [good, forged] = [await made(), await made({ issuerKey: demoAk, serial: 8 })]
  for (const certificates of [
    [forged, good],
    [good, forged],
  ])
    expect(await ask(akCertificateChains, { certificates, anchors: [await anchor()] })).toMatchObject({
      outcome: 'pass',
    })
})
it('is not checked outside its dates', async () => {
  expect(
    await ask(akCertificateChains, {
      certificates: [await made({ notAfter: Date.parse('2026-01-01T00:00:00Z') })],
      anchors: [await anchor()],
    }),
  ).toMatchObject({ outcome: 'not-checked', because: { text: 'cert.expired' } })
})
it('fails where another key signed', async () => {
  expect(
    await ask(akCertificateChains, { certificates: [await made({ issuerKey: demoAk })], anchors: [await anchor()] }),
  ).toMatchObject({ outcome: 'fail', because: { text: 'chain.signature' } })
})
it('is not asked for a certificate of another key, and never decides', async () => {
  expect(
    await ask(akCertificateChains, {
      certificates: [await made({ subjectKey: spkiOf(foreignAk) })],
      anchors: [await anchor()],
    }),
  ).toMatchObject({ outcome: 'not-applicable' })
  expect(akCertificateChains.weight).toBe('notes')
})
it('knows the two roots under which Azure certifies, by fingerprint', async () => {
  for (const one of anchors) {
    expect(await sha256(one.spki)).toBe(one.spkiSha256)
    expect(await sha256(one.certificate ?? '')).toBe(one.sha256)
  }
  expect(anchors).toHaveLength(2)
})
