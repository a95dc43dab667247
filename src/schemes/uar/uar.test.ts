import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { bytesOf, sliceOf } from '../../core/place.ts'
import { NO_POLICY } from '../../core/policy.ts'
import { tilingFaults } from '../../bytes/layout.ts'
import { parseJson } from '../../bytes/json.ts'
import { digest } from '../../crypto/verify.ts'
import { appraise } from '../../engine/appraise.ts'
import { toBase64 } from '../../envelope/base64.ts'
import { encodePem } from '../../envelope/pem.ts'
import { joinBytes } from '../../bytes/join.ts'
import { spkiOf } from '../../pki/issue.ts'
import { makeResult } from './attester.ts'
import { demoKeys } from './demo-keys.ts'
import { entry } from './index.ts'
import { openReport, type Opened } from './open.ts'
import { scheme } from './scheme.ts'

const utf8 = (text: string) => new TextEncoder().encode(text)
const appraised = (...files: readonly Uint8Array[]) =>
  appraise(
    files.map((bytes, i) => ({ name: `file ${i}`, bytes })),
    { at: Date.parse('2026-06-01T00:00:00Z'), atSource: 'given', policy: NO_POLICY },
  )
/** Opens a text as the format does. */
function opened(text: string): Opened {
  const found: Opened = { spaces: [], inner: [] }
  const slice = sliceOf('', utf8(text))
  const { value } = parseJson(slice)
  if (value) openReport({ slice, value }, found)
  return found
}
const report = (platform: string, own: object, nested = '') =>
  JSON.stringify({
    str_report_version: '1.0',
    str_report_type: 'Passport',
    str_tee_platform: platform,
    json_report: JSON.stringify(own),
    json_nested_reports: nested,
  })
const quote = toBase64(utf8('a quote of some platform'))

it.runIf(process.env['WRITE_SAMPLES'] === '1')('writes the sample anew', async () => {
  const files = [{ name: 'result.json', base64: Buffer.from(await makeResult()).toString('base64') }]
  writeFileSync(
    join(dirname(fileURLToPath(import.meta.url)), 'samples', 'result.json'),
    `${JSON.stringify({ files }, null, 2)}\n`,
  )
})
describe('the wrapper', () => {
  it('opens the quote of every platform, and what verifies it', () => {
    const chain = JSON.stringify({ b64_hsk_cert: quote, b64_cek_cert: quote })
    expect(
      opened(report('CSV', { b64_quote: quote, json_cert_chain: chain, str_chip_id: 'X' })).inner.map(
        ({ name }) => name,
      ),
    ).toEqual(['CSV b64_quote', 'CSV b64_hsk_cert', 'CSV b64_cek_cert'])
    const tdx = opened(report('TDX', { b64_quote: quote, json_collateral: '{"version":"3"}' })).inner
    expect(tdx.map(({ name }) => name)).toEqual(['TDX b64_quote', 'TDX json_collateral'])
    expect(tdx.map(({ slice }) => new TextDecoder().decode(bytesOf(slice)))).toEqual([
      'a quote of some platform',
      '{"version":"3"}',
    ])
    for (const platform of ['SGX_EPID', 'SGX_DCAP', 'HyperEnclave', 'Kunpeng'])
      expect(opened(report(platform, { b64_quote: quote })).inner, platform).toHaveLength(1)
  })
  it('reads a HyperEnclave quote to its certificate, and says that it is not verified', async () => {
    const head = new Uint8Array(48)
    head[0] = 2
    const rest = new Uint8Array(64 + 64 + 147 + 64)
    const signature = joinBytes([rest, Uint8Array.of(0x30, 0x03, 2, 1, 5)])
    const bytes = joinBytes([
      head,
      new Uint8Array(384),
      Uint8Array.of(signature.length & 255, signature.length >> 8, 0, 0),
      signature,
    ])
    const format = scheme.formats.find(({ id }) => id === 'uar.hyperenclave-quote')
    const decoding = format?.decode(sliceOf('', bytes), { hints: {} })
    expect(decoding?.inner.map(({ slice }) => slice.end - slice.start)).toEqual([5])
    expect(decoding?.problems[0]?.because.text).toBe('uar.hyperenclave-not-verified')
    for (const length of [0, 100, 431, 700, bytes.length]) {
      const slice = sliceOf('', bytes.subarray(0, length))
      const tree = format?.decode(slice, { hints: {} }).tree()
      expect(tree && tilingFaults(tree, slice), String(length)).toEqual({ holes: [], overlaps: [] })
    }
    const view = await appraised(utf8(report('HyperEnclave', { b64_quote: toBase64(bytes) })))
    expect(view.headline).toBe('SN')
  })
  it('opens it inside the authentication report, and nested reports to a depth', () => {
    const inner = report('Kunpeng', { b64_quote: quote })
    const nested = JSON.stringify({ reports: [JSON.parse(inner)] })
    expect(opened(`{"report":${report('CSV', { b64_quote: quote }, nested)},"pem_public_key":"x"}`).inner).toHaveLength(
      2,
    )
    let deep = inner
    for (let i = 0; i < 20; i++) deep = report('CSV', { b64_quote: quote }, deep)
    expect(opened(deep).inner.length).toBeLessThan(8)
  })
  it('quotes results of other services inside it, and judges none of them', async () => {
    const result = JSON.parse(new TextDecoder().decode(await makeResult())) as object
    const bytes = utf8(report('CSV', { b64_quote: quote }, JSON.stringify({ results: [result] })))
    expect(opened(new TextDecoder().decode(bytes)).inner.map(({ format }) => format)).toEqual([
      undefined,
      'uar.nested-result',
    ])
    expect((await appraised(bytes)).subjects).toEqual([])
  })
  it.each(['[]', '{"json_report":"{"}', '{"json_report":{"b64_quote":7}}', '{"json_nested_reports":"[[[["}', '"x"'])(
    'reads odd text without throwing: %s',
    (text) => expect(opened(text).inner).toEqual([]),
  )
  it('tiles', () => {
    const slice = sliceOf('', utf8(report('CSV', { b64_quote: quote })))
    expect(entry.detectors.flatMap((detect) => detect(slice) ?? [])[0]?.format).toBe('uar.report')
    const format = scheme.formats.find(({ id }) => id === 'uar.report')
    const tree = format?.decode(slice, { hints: {} }).tree()
    expect(tree && tilingFaults(tree, slice)).toEqual({ holes: [], overlaps: [] })
  })
})
describe('a result', () => {
  const key = utf8(encodePem('PUBLIC KEY', spkiOf(demoKeys.service)))
  it('is nobody’s until a key is given, and then its words', async () => {
    const result = await makeResult()
    expect((await appraised(result)).headline).toBe('S4')
    const view = await appraised(result, key)
    expect(view.checks.find(({ id }) => id === 'uar.result-signed')?.outcome).toBe('pass')
    expect([view.headline, view.root.status, view.ifRootTrusted]).toEqual(['S2', 'added', 'SR'])
  })
  it('a changed text is left open: the key may be another’s, and how services sign is not fixed', async () => {
    const changed = utf8(new TextDecoder().decode(await makeResult()).replace('CSV', 'TDX'))
    const view = await appraised(changed, key)
    expect(view.checks.find(({ id }) => id === 'uar.result-signed')).toMatchObject({
      outcome: 'not-checked',
      because: { text: 'uar.not-by-these-keys' },
    })
    expect(view.headline).toBe('S4')
  })
  it('without a signature it is broken', async () => {
    const bare = utf8('{"json_result":"{}","b64_signature":""}')
    expect((await appraised(bare)).headline).toBe('S1')
  })
})
it('the second half of the user data is the digest of the key beside the report: said by its recipe', async () => {
  const { matchOf } = await import('../../engine/recipes.ts')
  const { gatewayMatch } = await import('../../engine/gateway-recipes.ts')
  const pem = encodePem('PUBLIC KEY', spkiOf(demoKeys.service))
  const field = joinBytes([new Uint8Array(32).fill(7), await digest('SHA-256', utf8(pem))])
  const bytes = utf8(`{"report":${report('CSV', { b64_quote: quote })},"pem_public_key":${JSON.stringify(pem)}}`)
  const found = await gatewayMatch(field, sliceOf('', bytes))
  expect(found?.match).toMatchObject({ recipe: 'sha256(pem_public_key)', part: 'second' })
  expect(matchOf(field, [])).toBeUndefined()
})
