import { describe, expect, it } from 'vitest'
import { joinBytes } from '../../bytes/der-writer.ts'
import { toHex } from '../../bytes/layout.ts'
import { NO_POLICY } from '../../core/policy.ts'
import { appraise } from '../../engine/appraise.ts'
import { inspect } from '../../engine/inspect.ts'
import { toBase64, toBase64Url } from '../../envelope/base64.ts'
import { encodePem } from '../../envelope/pem.ts'
import { issueCertificate, name, subjectAltName } from '../../pki/issue.ts'
import { MADE_AT, makeDocument, type NitroRecipe } from './attester.ts'
import { demoKeys } from './demo-keys.ts'

/** Documents as they are met: in text, in JSON, in the names of a certificate, in dstack's envelope. The verdict is that of the bare document. */

const text = (value: string) => new TextEncoder().encode(value)
const wrapped = (...parts: readonly (readonly [string, unknown])[]) => text(JSON.stringify(Object.fromEntries(parts)))

/** A self-signed certificate for TLS that carries the document as hex in a DNS name. */
const inCertificate = async (document: Uint8Array, suffix = '') =>
  issueCertificate({
    subject: name({ CN: 'enclave.example' }),
    issuer: name({ CN: 'enclave.example' }),
    issuerKey: demoKeys.instance,
    subjectKey: demoKeys.instance,
    serial: 7,
    notBefore: MADE_AT,
    notAfter: MADE_AT + 86_400_000,
    extensions: [subjectAltName('enclave.example', `${toHex(document)}${suffix}`)],
    algorithm: { kind: 'ecdsa', hash: 'SHA-384', form: 'der' },
  })

/** Compact integer of SCALE, in the form that its size asks for. */
const compact = (value: number) =>
  value < 64
    ? Uint8Array.of(value << 2)
    : value < 16_384
      ? Uint8Array.of(((value << 2) & 0xff) | 1, value >> 6)
      : Uint8Array.of(((value << 2) & 0xff) | 2, (value >> 6) & 0xff, (value >> 14) & 0xff, (value >> 22) & 0xff)

const WAYS: readonly (readonly [string, (document: Uint8Array) => Uint8Array | Promise<Uint8Array>])[] = [
  ['bare', (document) => document],
  ['base64', (document) => text(toBase64(document))],
  ['base64 in lines', (document) => text(toBase64(document).replace(/(.{76})/g, '$1\n'))],
  ['base64url', (document) => text(toBase64Url(document))],
  ['hex', (document) => text(toHex(document))],
  ['upper-case hex with 0x', (document) => text(`0x${toHex(document).toUpperCase()}`)],
  ['JSON attestation_doc', (document) => wrapped(['attestation_doc', toBase64(document)], ['pcrs', { 0: 'aa' }])],
  ['JSON enclaveAttestationReport', (document) => wrapped(['enclaveAttestationReport', toBase64(document)])],
  ['JSON in hex, nested', (document) => wrapped(['proof', { attestation: toHex(document) }])],
  ['JSON list of byte values', (document) => wrapped(['document', [...document]])],
  ['SAN DNS of a certificate, DER', (document) => inCertificate(document)],
  ['SAN DNS of a certificate, before a domain', (document) => inCertificate(document, '.attest.example')],
  ['SAN DNS of a certificate, PEM', async (document) => text(encodePem('CERTIFICATE', await inCertificate(document)))],
  [
    'dstack SCALE',
    (document) => joinBytes([Uint8Array.of(0, 2), compact(document.length), document, Uint8Array.of(1, 2, 3)]),
  ],
  [
    'behind its length, most significant byte first',
    (document) => joinBytes([Uint8Array.of(0, 0, document.length >> 8, document.length & 255), document]),
  ],
  [
    'behind its length, least significant byte first',
    (document) => joinBytes([Uint8Array.of(document.length & 255, document.length >> 8, 0, 0), document]),
  ],
]

const RECIPES: readonly (readonly [string, NitroRecipe, string])[] = [
  ['enclave', {}, 'nitro.document'],
  ['indefinite map', { bend: { indefinite: true } }, 'nitro.document'],
  ['tag 18', { bend: { tagged: true } }, 'nitro.document'],
  ['NitroTPM', { kind: 'tpm' }, 'nitro.tpm-document'],
]

describe.each(RECIPES)('%s', (_kind, recipe, format) => {
  it.each(WAYS)('in %s', async (_way, wrap) => {
    const files = [{ name: 'evidence', bytes: await wrap(await makeDocument(recipe)) }]
    const { artifacts } = await inspect(files)
    expect(artifacts.map((artifact) => artifact.format)).toContain(format)
    for (const artifact of artifacts) expect(artifact.tiled, artifact.name).toBe(true)
    const view = await appraise(files, { at: MADE_AT, atSource: 'given', policy: NO_POLICY })
    expect([view.headline, view.root.status, view.ifRootTrusted]).toEqual(['S2', 'demonstration', 'S5'])
    expect(view.subjects).toHaveLength(1)
  })
})

it('hex in a name that has one wrong digit is a broken document, not none', async () => {
  const bytes = await inCertificate(await makeDocument())
  const at = new TextDecoder('latin1').decode(bytes).indexOf(toHex(await makeDocument()).slice(0, 12))
  expect(at).toBeGreaterThan(0)
  for (const offset of [20, 500, 2000]) {
    const changed = bytes.slice()
    changed[at + offset] = 0x67
    const view = await appraise([{ name: 'evidence', bytes: changed }], {
      at: MADE_AT,
      atSource: 'given',
      policy: NO_POLICY,
    })
    expect(view.ifRootTrusted ?? view.headline, `digit ${offset}`).toBe('S1')
  }
})
