import { describe, expect, it } from 'vitest'
import { toHex } from '../../../bytes/layout.ts'
import { bytesOf } from '../../../core/place.ts'
import { inspect } from '../../../engine/inspect.ts'
import { openCase } from '../../../engine/case.ts'
import { toBase64, toBase64Url } from '../../../envelope/base64.ts'
import { encodePem } from '../../../envelope/pem.ts'
import { makeLeaf, makeReport } from '../../amd-sev-snp/attester.ts'
import { issueAuthority } from '../../amd-sev-snp/demo-authorities.ts'
import { makeQuote } from '../../tpm2/attester.ts'
import { demoAk } from '../../tpm2/demo-keys.ts'
import { makeEvidenceV0, makeEvidenceV2, makeHcl, makeHclTd, makeRuntimeData, userDataFor } from '../attester.ts'

/** The forms in which agents write Azure's evidence: every part must be found, whatever the container. */

const runtime = makeRuntimeData(demoAk)
const open = async (bytes: Uint8Array) => (await openCase([{ name: 'evidence', bytes }])).artifacts
const formats = async (bytes: Uint8Array) => (await open(bytes)).map((artifact) => artifact.format)
const text = (value: string) => new TextEncoder().encode(value)
const snp = async () => ({ hcl: makeHcl(await makeReport({ reportData: await userDataFor(runtime) }), runtime), vcek: await makeLeaf(), ...(await makeQuote({ pcrs: [0, 4, 7] })) })

/** YAML as one service writes it, with each kind of block mark that a writer may choose. */
async function yaml(mark: string, authorities: readonly Uint8Array[]): Promise<Uint8Array> {
  const { message, signature, pcrs } = await makeQuote({ pcrs: [0] })
  const indent = (value: string, by: string) => value.trim().split('\n').map((line) => by + line).join('\n')
  const numbers = (bytes: Uint8Array, by: string) => [...bytes].map((byte) => `${by}- ${byte}`).join('\n')
  const pem = (der: Uint8Array) => encodePem('CERTIFICATE', der)
  return text([
    `tdx_quote_base64: ${mark}`, indent(toBase64Url(new Uint8Array(90).fill(0xfb)), '  '), `hcl_report_base64: ${mark}`, indent(toBase64(await makeHclTd(runtime)).replaceAll(/.{100}/g, '$&\n'), '  '),
    'tpm_attestation:', `  ak_certificate_pem: |${mark.slice(1)}`, indent(pem(await makeLeaf()), '    '),
    ...(authorities.length === 0 ? [] : ['  ak_intermediate_certificates_pem:', ...authorities.flatMap((der) => ['  - |', indent(pem(der), '    ')])]),
    '  quote:', '    signature:', numbers(signature, '    '), '    message:', numbers(message, '    '), '    pcrs:', `    - ${numbers(pcrs, '      ').trim()}`, '  event_log:', '    []', '',
  ].join('\n'))
}

describe('SNP', () => {
  it.each([['version 0: lists of numbers and PEM', makeEvidenceV0], ['version 2: hex and base64url', makeEvidenceV2]])('%s', async (_name, make) => {
    const found = await formats(make(await snp()))
    for (const format of ['azure.evidence', 'azure.hcl-report', 'amd.snp-report', 'azure.runtime-data', 'tpm2.quote', 'tpm2.signature', 'tpm2.pcr-values']) expect(found, format).toContain(format)
    expect(found.some((format) => format === 'amd.snp-certificate' || format === 'x509.pem')).toBe(true)
  })
})

describe('what others put around it', () => {
  it.each([['a platform and the evidence', (own: unknown) => ({ platform: 'az-snp', evidence: own })], ['a list', (own: unknown) => [{ tee: 'az-snp-vtpm', evidence: own }]]])('%s', async (_name, wrap) => {
    const whole: unknown = JSON.parse(new TextDecoder().decode(makeEvidenceV2(await snp())))
    const found = await formats(text(JSON.stringify(wrap(whole))))
    for (const format of ['azure.hcl-report', 'amd.snp-report', 'azure.runtime-data', 'tpm2.quote', 'tpm2.signature', 'tpm2.pcr-values', 'amd.snp-certificate']) expect(found, format).toContain(format)
  })
})

describe('YAML', () => {
  it.each(['|-', '|', '>-', '>', '|+', '>2-'])('blocks marked %s', async (mark) => {
    const artifacts = await open(await yaml(mark, []))
    const found = artifacts.map((artifact) => artifact.format)
    for (const format of ['azure.evidence', 'azure.hcl-td-report', 'azure.runtime-data', 'tpm2.quote', 'tpm2.signature', 'tpm2.pcr-values']) expect(found, format).toContain(format)
    // Base64 of the other alphabet may begin with a dash, which is no mark.
    expect(toHex(bytesOf(artifacts.find((artifact) => artifact.name === 'TD quote')?.slice ?? { space: '', bytes: new Uint8Array(), start: 0, end: 0 }))).toBe('fb'.repeat(90))
    const inspection = await inspect([{ name: 'x', bytes: await yaml(mark, []) }])
    for (const artifact of inspection.artifacts) expect(artifact.tiled, artifact.name).toBe(true)
  })
  it('authorities between the key\'s certificate and the root are opened', async () => {
    const found = (await open(await yaml('>-', [await issueAuthority('ask', 'Milan'), await issueAuthority('ark', 'Milan')]))).filter((artifact) => artifact.format === 'x509.certificate')
    expect(found.length).toBeGreaterThanOrEqual(2)
  })
})
