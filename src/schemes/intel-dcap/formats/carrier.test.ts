import { describe, expect, it } from 'vitest'
import { NO_POLICY } from '../../../core/policy.ts'
import { appraise } from '../../../engine/appraise.ts'
import type { InputFile } from '../../../engine/api.ts'
import { inspect } from '../../../engine/inspect.ts'
import { joinBytes, octetString } from '../../../bytes/der-writer.ts'
import { toBase64 } from '../../../envelope/base64.ts'
import { encodePem } from '../../../envelope/pem.ts'
import { customExtension, issueCertificate, name, type IssuedExtension } from '../../../pki/issue.ts'
import { DEMO_AT, filesOf, makeCase } from '../attester.ts'
import { ECDSA_DER, ms } from '../attester/pki.ts'
import { attackerKey, attestationKey } from '../demo-keys.ts'
import { makeEpidQuote } from '../testing-local.ts'
import { FORMATS } from '../decoded.ts'

const text = (value: string) => new TextEncoder().encode(value)

/** A self-signed certificate of a server, with something in an extension. */
function certificate(...extensions: IssuedExtension[]): Promise<Uint8Array> {
  const own = name([['CN', 'Demonstration server']])
  return issueCertificate({
    subject: own,
    issuer: own,
    issuerKey: attestationKey,
    subjectKey: attestationKey,
    serial: 7,
    notBefore: ms('2026-01-01T00:00:00Z'),
    notAfter: ms('2030-01-01T00:00:00Z'),
    extensions,
    algorithm: ECDSA_DER,
  })
}

/** What the engine finds, and whether every byte of it is accounted for. */
async function found(...files: readonly Uint8Array[]) {
  const { artifacts } = await inspect(files.map((bytes, i): InputFile => ({ name: `file${i}`, bytes })))
  for (const one of artifacts) expect(one.tiled).toBe(true)
  return artifacts.map((one) => one.format)
}

const GRAMINE = '1.2.840.113741.1337.6'
const OPEN_ENCLAVE = '1.2.840.113556.10.1.1'
const DICE = '2.23.133.5.4.9'
const COMMENT = '2.16.840.1.113730.1.13'

describe('a certificate that carries evidence', () => {
  it('is opened, whatever the extension is called and however the quote is wrapped', async () => {
    const { quote } = await makeCase()
    expect(await found(await certificate(customExtension(GRAMINE, quote)))).toEqual([FORMATS.carrier, FORMATS.tdxQuote])
    expect(await found(await certificate(customExtension(OPEN_ENCLAVE, octetString(quote))))).toEqual([
      FORMATS.carrier,
      FORMATS.tdxQuote,
    ])
    const tagged = joinBytes([
      Uint8Array.of(0xd9, 0xea, 0x60, 0x82, 0x59, quote.length >> 8, quote.length & 255),
      quote,
      Uint8Array.of(0x41, 0xa0),
    ])
    expect(await found(await certificate(customExtension(DICE, tagged)))).toEqual([FORMATS.carrier, FORMATS.tdxQuote])
  })
  it('is opened in PEM too', async () => {
    const { quote } = await makeCase()
    expect(await found(text(encodePem('CERTIFICATE', await certificate(customExtension(GRAMINE, quote)))))).toEqual([
      'x509.pem',
      FORMATS.carrier,
      FORMATS.tdxQuote,
    ])
  })
  it('may carry an answer of the old attestation service, bare or with its signature', async () => {
    const answer = JSON.stringify({
      id: '1',
      isvEnclaveQuoteStatus: 'OK',
      isvEnclaveQuoteBody: toBase64(makeEpidQuote().subarray(0, 432)),
    })
    expect(await found(await certificate(customExtension(COMMENT, text(answer))))).toContain(FORMATS.epidQuote)
    expect(
      await found(
        await certificate(
          customExtension(
            COMMENT,
            text(JSON.stringify({ report: toBase64(text(answer)), signature: toBase64(new Uint8Array(256).fill(7)) })),
          ),
        ),
      ),
    ).toContain(FORMATS.epidQuote)
  })
  it('says the same about the quote as the quote alone, and that the key was not compared', async () => {
    const made = await makeCase()
    const [, ...beside] = filesOf(made)
    const files = [{ name: 'server.der', bytes: await certificate(customExtension(GRAMINE, made.quote)) }, ...beside]
    const options = { at: Date.parse(DEMO_AT), atSource: 'given', policy: NO_POLICY } as const
    const [carried, alone] = [await appraise(files, options), await appraise(filesOf(made), options)]
    expect([carried.headline, carried.ifRootTrusted]).toEqual([alone.headline, alone.ifRootTrusted])
    expect(carried.ifRootTrusted).toBe('S5')
    expect([
      carried.doesNotProve.includes('limit.intel.carrier'),
      alone.doesNotProve.includes('limit.intel.carrier'),
    ]).toEqual([true, false])
    expect((await inspect(files)).artifacts[0]?.problems.map((problem) => problem.because.text)).toContain(
      'intel.carrier-not-bound',
    )
  })
  it('makes a changed quote no better', async () => {
    const made = await makeCase({ bend: { envelope: { signer: attackerKey } } })
    const [, ...beside] = filesOf(made)
    const view = await appraise(
      [{ name: 'server.der', bytes: await certificate(customExtension(GRAMINE, made.quote)) }, ...beside],
      { at: Date.parse(DEMO_AT), atSource: 'given', policy: NO_POLICY },
    )
    expect([
      view.headline,
      view.checks.find((check) => check.id === 'intel.quote-signed-by-attestation-key')?.because.text,
    ]).toEqual(['S1', 'evidence.signature'])
  })
  it('of Intel is none whose value is no quote: it carries something that is not known', async () => {
    expect(await found(await certificate(customExtension(GRAMINE, octetString(new Uint8Array(600)))))).toEqual([
      'x509.carrier',
      null,
    ])
    expect(
      await found(
        text(encodePem('CERTIFICATE', await certificate(customExtension(GRAMINE, octetString(new Uint8Array(600)))))),
      ),
    ).toEqual(['x509.pem', 'x509.carrier', null])
  })
})
