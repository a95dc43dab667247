import { describe, expect, it } from 'vitest'
import { toHex } from '../../../bytes/layout.ts'
import { bytesOf } from '../../../core/place.ts'
import { NO_POLICY } from '../../../core/policy.ts'
import { appraise } from '../../../engine/appraise.ts'
import { inspect } from '../../../engine/inspect.ts'
import { openCase } from '../../../engine/case.ts'
import { toBase64, toBase64Url } from '../../../envelope/base64.ts'
import { encodePem } from '../../../envelope/pem.ts'
import { effective } from '../../../testing/tamper.ts'
import { spkiOf } from '../../../pki/issue.ts'
import { makeLeaf, makeReport } from '../../amd-sev-snp/attester.ts'
import { issueAuthority } from '../../amd-sev-snp/demo-authorities.ts'
import { asStructure, makeQuote } from '../../tpm2/attester.ts'
import { demoAk } from '../../tpm2/demo-keys.ts'
import {
  makeAgentEvidence,
  makeEvidenceV0,
  makeEvidenceV2,
  makeHcl,
  makeHclTd,
  makeRuntimeData,
  quoteResponse,
  userDataFor,
} from '../attester.ts'

/** The forms in which agents write Azure's evidence: every part must be found, whatever the container. */

const runtime = makeRuntimeData(demoAk)
const open = async (bytes: Uint8Array) => (await openCase([{ name: 'evidence', bytes }])).artifacts
const formats = async (bytes: Uint8Array) => (await open(bytes)).map((artifact) => artifact.format)
const text = (value: string) => new TextEncoder().encode(value)
const snp = async () => ({
  hcl: makeHcl(await makeReport({ reportData: await userDataFor(runtime) }), runtime),
  vcek: await makeLeaf(),
  ...(await makeQuote({ pcrs: [0, 4, 7] })),
})

/** YAML as one service writes it, with each kind of block mark that a writer may choose. */
async function yaml(mark: string, authorities: readonly Uint8Array[]): Promise<Uint8Array> {
  const { message, signature, pcrs } = await makeQuote({ pcrs: [0] })
  const indent = (value: string, by: string) =>
    value
      .trim()
      .split('\n')
      .map((line) => by + line)
      .join('\n')
  const numbers = (bytes: Uint8Array, by: string) => [...bytes].map((byte) => `${by}- ${byte}`).join('\n')
  const pem = (der: Uint8Array) => encodePem('CERTIFICATE', der)
  return text(
    [
      `tdx_quote_base64: ${mark}`,
      indent(toBase64Url(new Uint8Array(90).fill(0xfb)), '  '),
      `hcl_report_base64: ${mark}`,
      indent(toBase64(await makeHclTd(runtime)).replaceAll(/.{100}/g, '$&\n'), '  '),
      'tpm_attestation:',
      `  ak_certificate_pem: |${mark.slice(1)}`,
      indent(pem(await makeLeaf()), '    '),
      ...(authorities.length === 0
        ? []
        : [
            '  ak_intermediate_certificates_pem:',
            ...authorities.flatMap((der) => ['  - |', indent(pem(der), '    ')]),
          ]),
      '  quote:',
      '    signature:',
      numbers(signature, '    '),
      '    message:',
      numbers(message, '    '),
      '    pcrs:',
      `    - ${numbers(pcrs, '      ').trim()}`,
      '  event_log:',
      '    []',
      '',
    ].join('\n'),
  )
}

describe('SNP', () => {
  it.each([
    ['version 0: lists of numbers and PEM', makeEvidenceV0],
    ['version 2: hex and base64url', makeEvidenceV2],
  ])('%s', async (_name, make) => {
    const found = await formats(make(await snp()))
    for (const format of [
      'azure.evidence',
      'azure.hcl-report',
      'amd.snp-report',
      'azure.runtime-data',
      'tpm2.quote',
      'tpm2.signature',
      'tpm2.pcr-values',
    ])
      expect(found, format).toContain(format)
    expect(found.some((format) => format === 'amd.snp-certificate' || format === 'x509.pem')).toBe(true)
  })
})

describe('a report that ends too early', () => {
  it('is broken, and no other kind of report', async () => {
    const { hcl } = await snp()
    for (const bytes of [hcl.slice(0, 100), hcl.slice(0, 1300), hcl.slice(0, -200)]) {
      expect((await formats(bytes))[0]).toBe('azure.hcl-cut-off')
      const view = await appraise([{ name: 'hcl.bin', bytes }], {
        at: Date.parse('2026-06-01T00:00:00Z'),
        atSource: 'given',
        policy: NO_POLICY,
      })
      expect([view.headline, view.checks.find((check) => check.id === 'azure.report-whole')?.because.text]).toEqual([
        'S1',
        'azure.report-whole.fails',
      ])
      for (const artifact of (await inspect([{ name: 'x', bytes }])).artifacts) expect(artifact.tiled).toBe(true)
    }
  })
})

describe('a text that is no JSON', () => {
  it('is broken where it stops being JSON, and no report is blamed', async () => {
    const whole = new TextDecoder().decode(makeEvidenceV2(await snp())).trim()
    for (const text of [`${whole.slice(0, -1)},}`, whole.slice(0, Math.floor(whole.length / 2))]) {
      const view = await appraise([{ name: 'evidence.json', bytes: new TextEncoder().encode(text) }], {
        at: Date.parse('2026-06-01T00:00:00Z'),
        atSource: 'given',
        policy: NO_POLICY,
      })
      expect([view.headline, view.checks.find((check) => check.id === 'azure.report-whole')?.because]).toMatchObject([
        'S1',
        {
          text: 'azure.not-json',
          params: { at: `0x${(text.endsWith(',}') ? text.length - 1 : text.length).toString(16)}` },
        },
      ])
    }
  })
})

describe('what others put around it', () => {
  it.each([
    ['a platform and the evidence', (own: unknown) => ({ platform: 'az-snp', evidence: own })],
    ['a list', (own: unknown) => [{ tee: 'az-snp-vtpm', evidence: own }]],
  ])('%s', async (_name, wrap) => {
    const whole: unknown = JSON.parse(new TextDecoder().decode(makeEvidenceV2(await snp())))
    const found = await formats(text(JSON.stringify(wrap(whole))))
    for (const format of [
      'azure.hcl-report',
      'amd.snp-report',
      'azure.runtime-data',
      'tpm2.quote',
      'tpm2.signature',
      'tpm2.pcr-values',
      'amd.snp-certificate',
    ])
      expect(found, format).toContain(format)
  })
})

describe('several in one file', () => {
  it('every one is opened, and what stands beside them too', async () => {
    const [one, two] = (await Promise.all([snp(), snp()])).map(
      (parts) => JSON.parse(new TextDecoder().decode(makeEvidenceV2(parts))) as unknown,
    )
    const { message, signature } = await makeQuote({ pcrs: [0] })
    const found = await formats(
      text(
        JSON.stringify({
          machines: [{ evidence: one }, { evidence: two }],
          tpm: { message: toHex(message), signature: toHex(signature), pcrs: [] },
          other: toBase64(await makeReport()),
        }),
      ),
    )
    expect(found.filter((format) => format === 'azure.evidence')).toHaveLength(2)
    expect(found.filter((format) => format === 'tpm2.quote')).toHaveLength(3)
    expect(found.filter((format) => format === 'amd.snp-report')).toHaveLength(3)
  })
})

describe('quote and signature in one piece', () => {
  const agent = async (
    change: { readonly snpReport?: Uint8Array; readonly quote?: (response: Uint8Array) => Uint8Array } = {},
  ) => {
    const parts = await snp()
    const response = quoteResponse(parts)
    return makeAgentEvidence(parts, {
      ...(change.snpReport ? { snpReport: change.snpReport } : {}),
      response: change.quote?.(response) ?? response,
      numbers: [0, 4, 7],
    })
  }
  const judged = async (bytes: Uint8Array) =>
    appraise([{ name: 'attestation.json', bytes }], {
      at: Date.parse('2026-06-01T00:00:00Z'),
      atSource: 'given',
      policy: NO_POLICY,
    })
  it('every part is found, and they hang together', async () => {
    const bytes = await agent()
    const found = await formats(bytes)
    for (const format of [
      'azure.evidence',
      'azure.hcl-report',
      'azure.runtime-data',
      'tpm2.quote-response',
      'tpm2.quote',
      'tpm2.signature',
      'tpm2.pcr-values',
      'x509.pem',
    ])
      expect(found, format).toContain(format)
    // The copy of the report that stands beside it is the same report.
    expect(found.filter((format) => format === 'amd.snp-report')).toHaveLength(1)
    const view = await judged(bytes)
    const outcome = (id: string) => view.checks.find((check) => check.id === id)?.outcome
    expect(
      [
        'tpm.attest-whole',
        'tpm.signed-by-ak',
        'tpm.ak-vouched-for',
        'tpm.pcr-digest-matches',
        'snp.accompanying-data-bound',
      ].map(outcome),
    ).toEqual(['pass', 'pass', 'pass', 'pass', 'pass'])
    for (const artifact of (await inspect([{ name: 'x', bytes }])).artifacts)
      expect(artifact.tiled, artifact.name).toBe(true)
  })
  it('a changed quote is a broken one, a second report is seen', async () => {
    expect(
      effective(
        await judged(await agent({ quote: (response) => response.map((byte, i) => (i === 60 ? byte ^ 1 : byte)) })),
      ),
    ).toBe('S1')
    expect(effective(await judged(await agent({ quote: (response) => response.slice(0, 100) })))).toBe('S1')
    const other = await makeReport({ reportData: new Uint8Array(64).fill(7) })
    expect(
      (await formats(await agent({ snpReport: other }))).filter((format) => format === 'amd.snp-report'),
    ).toHaveLength(2)
  })
})

describe('a quote without a report', () => {
  it.each([
    ['base64 and a key beside it', toBase64],
    ['hex', toHex],
  ])('%s', async (_name, write) => {
    const { message, signature, pcrs } = await makeQuote({ pcrs: [0, 4] })
    const bytes = text(
      JSON.stringify({
        ak_public: toBase64(spkiOf(demoAk)),
        tpm_quote: {
          message: write(message),
          pcrs: [toHex(pcrs.slice(0, 32)), toHex(pcrs.slice(32))],
          signature: write(asStructure(signature)),
        },
      }),
    )
    expect(await formats(bytes)).toEqual([
      'azure.vtpm-quote',
      'tpm2.quote',
      'tpm2.signature',
      'tpm2.pcr-values',
      'x509.public-key',
    ])
    const view = await appraise([{ name: 'evidence.json', bytes }], {
      at: Date.parse('2026-06-01T00:00:00Z'),
      atSource: 'given',
      policy: NO_POLICY,
    })
    const because = (id: string) => view.checks.find((check) => check.id === id)?.because.text
    expect([because('tpm.signed-by-ak'), because('tpm.pcr-digest-matches'), because('tpm.ak-vouched-for')]).toEqual([
      'tpm.signed-by-ak.holds',
      'tpm.pcr-digest-matches.holds',
      'tpm.ak-unproven',
    ])
    expect(view.headline).toBe('S4')
  })
})

describe('runtime claims without the report', () => {
  it('a report of its own vouches for the key in them, and no other does', async () => {
    const { hcl, message, signature } = await snp()
    const claims = hcl.slice(32 + 1184)
    const report = hcl.slice(32, 32 + 1184)
    expect(await formats(claims)).toEqual(['azure.request-data', 'azure.runtime-data'])
    const vouched = async (first: Uint8Array) => {
      const view = await appraise(
        [first, claims, message, asStructure(signature)].map((bytes, i) => ({ name: `${i}`, bytes })),
        { at: Date.parse('2026-06-01T00:00:00Z'), atSource: 'given', policy: NO_POLICY },
      )
      return view.checks.find((check) => check.id === 'tpm.ak-vouched-for')?.outcome
    }
    expect(await vouched(report)).toBe('pass')
    expect(await vouched(await makeReport({ reportData: new Uint8Array(64).fill(1) }))).toBe('not-checked')
    // Lengths that do not fit are no header; the claims behind it are found where they stand.
    expect(await formats(claims.map((byte, i) => (i === 0 ? byte ^ 1 : byte)))).toEqual(['azure.runtime-data'])
  })
})

describe('YAML', () => {
  it.each(['|-', '|', '>-', '>', '|+', '>2-'])('blocks marked %s', async (mark) => {
    const artifacts = await open(await yaml(mark, []))
    const found = artifacts.map((artifact) => artifact.format)
    for (const format of [
      'azure.evidence',
      'azure.hcl-td-report',
      'azure.runtime-data',
      'tpm2.quote',
      'tpm2.signature',
      'tpm2.pcr-values',
    ])
      expect(found, format).toContain(format)
    // Base64 of the other alphabet may begin with a dash, which is no mark.
    expect(
      toHex(
        bytesOf(
          artifacts.find((artifact) => artifact.name === 'TD quote')?.slice ?? {
            space: '',
            bytes: new Uint8Array(),
            start: 0,
            end: 0,
          },
        ),
      ),
    ).toBe('fb'.repeat(90))
    const inspection = await inspect([{ name: 'x', bytes: await yaml(mark, []) }])
    for (const artifact of inspection.artifacts) expect(artifact.tiled, artifact.name).toBe(true)
  })
  it("authorities between the key's certificate and the root are opened", async () => {
    const found = (
      await open(await yaml('>-', [await issueAuthority('ask', 'Milan'), await issueAuthority('ark', 'Milan')]))
    ).filter((artifact) => artifact.format === 'x509.certificate')
    expect(found.length).toBeGreaterThanOrEqual(2)
  })
})
