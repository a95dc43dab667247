import { gzipSync } from 'node:zlib'
import { fc } from '../../../testing/seeded.ts'
import { expect, it } from 'vitest'
import { sliceOf } from '../../../core/place.ts'
import { cborBytes, cborMap, cborText } from '../../../bytes/cbor-writer.ts'
import { joinBytes, octetString, sequence, ia5 } from '../../../bytes/der-writer.ts'
import { tilingFaults } from '../../../bytes/layout.ts'
import { NO_POLICY } from '../../../core/policy.ts'
import { appraise } from '../../../engine/appraise.ts'
import { toBase64, toBase64Url } from '../../../envelope/base64.ts'
import { effective } from '../../../testing/tamper.ts'
import { makeLeaf, makeReport, makeTable } from '../attester.ts'
import { FORMATS } from '../decoded.ts'
import { entry } from '../index.ts'
import { envelopeFormat } from './envelope.ts'
import { tableFormat } from './table.ts'
import { tsmFormat } from './tsm.ts'

const detect = (bytes: Uint8Array) =>
  entry.detectors.flatMap((one) => one(sliceOf('', bytes)) ?? []).sort((a, b) => b.score - a.score)[0]
const formats = (inner: readonly { readonly format?: string }[]) => inner.map((one) => one.format)

it('opens a TSM report in JSON and in CBOR', async () => {
  const report = await makeReport()
  const table = makeTable([{ slot: 'VCEK', bytes: await makeLeaf() }])
  const json = new TextEncoder().encode(
    JSON.stringify({ auxblob: toBase64Url(table), outblob: toBase64Url(report), provider: 'sev_guest\n' }),
  )
  const cbor = cborMap(
    ['auxblob', cborBytes(table)],
    ['outblob', cborBytes(report)],
    ['provider', cborText('sev_guest\n')],
  )
  for (const bytes of [json, cbor]) {
    expect(detect(bytes)?.format).toBe(FORMATS.tsm)
    const { inner, tree } = tsmFormat.decode(sliceOf('', bytes), { hints: {} })
    expect(formats(inner)).toEqual([FORMATS.table, FORMATS.report])
    expect(inner[1]?.slice.bytes.slice(inner[1].slice.start, inner[1].slice.end)).toEqual(report)
    expect(tilingFaults(tree(), sliceOf('', bytes))).toEqual({ holes: [], overlaps: [] })
  }
})
it('opens the envelope of dstack', async () => {
  const report = await makeReport()
  const bytes = joinBytes([Uint8Array.of(0, 3, 0x81, 0x12), report, new TextEncoder().encode('{"app_id":"x"}')])
  expect(detect(bytes)?.format).toBe(FORMATS.envelope)
  const { inner, tree } = envelopeFormat.decode(sliceOf('', bytes), { hints: {} })
  expect(formats(inner)).toEqual([FORMATS.report])
  expect(tilingFaults(tree(), sliceOf('', bytes))).toEqual({ holes: [], overlaps: [] })
})
it('opens what the firmware answers to a request, with and without the rest of the buffer', async () => {
  const report = await makeReport()
  const head = joinBytes([new Uint8Array(4), Uint8Array.of(0xa0, 0x04, 0, 0), new Uint8Array(24)])
  for (const bytes of [
    joinBytes([head, report]),
    joinBytes([head, report, new Uint8Array(4000 - 32 - report.length)]),
  ]) {
    expect(detect(bytes)?.format).toBe(FORMATS.envelope)
    const { inner, tree } = envelopeFormat.decode(sliceOf('', bytes), { hints: {} })
    expect(formats(inner)).toEqual([FORMATS.report])
    expect(inner[0]?.slice.bytes.slice(inner[0].slice.start, inner[0].slice.end)).toEqual(report)
    expect(tilingFaults(tree(), sliceOf('', bytes))).toEqual({ holes: [], overlaps: [] })
  }
  // A request that failed has no report.
  expect(detect(joinBytes([Uint8Array.of(0x16, 0, 0, 0), head.slice(4), report]))?.format).not.toBe(FORMATS.envelope)
})
it("what a guest's tool noted in the table is a field, no artifact that nobody knows", async () => {
  const guid = Uint8Array.from('ecae0c0f950243b1afa20ae2e0d565b6'.match(/../g) ?? [], (pair) =>
    Number.parseInt(pair, 16),
  )
  const table = joinBytes([
    guid,
    Uint8Array.of(48, 0, 0, 0, 8, 0, 0, 0),
    new Uint8Array(24),
    Uint8Array.of(8, 0, 0, 0, 0x11, 0x0f, 0xa0, 0),
  ])
  expect(detect(table)?.format).toBe(FORMATS.table)
  const { inner, tree } = tableFormat.decode(sliceOf('', table), { hints: {} })
  expect(inner).toEqual([])
  expect(tree().children.some((child) => child.doc === 'field.snpTable.noted')).toBe(true)
  expect(tilingFaults(tree(), sliceOf('', table))).toEqual({ holes: [], overlaps: [] })
})
it('opens a certificate request of Enarx: leaf, lists and report', async () => {
  const leaf = await makeLeaf()
  const evidence = sequence(
    leaf,
    sequence(sequence(ia5('https://example.invalid/crl'), sequence(sequence()))),
    octetString(await makeReport()),
  )
  const { inner } = envelopeFormat.decode(sliceOf('', sequence(octetString(evidence))), { hints: {} })
  expect(formats(inner)).toEqual([FORMATS.leaf, 'x509.crl', FORMATS.report])
})
it('never throws for any bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.json(), (noise, json) => {
      for (const bytes of [
        noise,
        new TextEncoder().encode(json),
        new TextEncoder().encode(`{"outblob":${json},"auxblob":"AA=="}`),
        Uint8Array.from([0x30, ...noise]),
      ]) {
        tsmFormat.decode(sliceOf('', bytes), { hints: {} })
        envelopeFormat.decode(sliceOf('', bytes), { hints: {} })
      }
    }),
    { numRuns: 200 },
  )
})
it('a member of a TSM report or of a bundle that says no bytes is a broken member, not a missing one', async () => {
  const report = toBase64Url(await makeReport())
  const table = toBase64Url(makeTable([{ slot: 'VCEK', bytes: await makeLeaf() }]))
  const judged = async (value: unknown) =>
    await appraise([{ name: 'evidence.json', bytes: new TextEncoder().encode(JSON.stringify(value)) }], {
      at: Date.parse('2026-06-01T00:00:00Z'),
      atSource: 'given',
      policy: NO_POLICY,
    })
  const broken = (text: string) => `${text.slice(0, 40)}@${text.slice(41)}`
  const tsm = (outblob: string, auxblob: string) => judged({ auxblob, outblob, provider: 'sev_guest\n' })
  expect(effective(await tsm(report, table))).toBe('S4')
  expect(effective(await tsm(broken(report), table))).toBe('S1')
  const aux = await tsm(report, broken(table))
  expect(effective(aux)).toBe('S1')
  expect(aux.checks.find((check) => check.id === 'snp.carried-certificates-used')?.because.text).toBe(
    'snp.carried-unreadable',
  )
  const bundle = async (body: string, vcek: string) =>
    effective(
      await judged({ enclaveAttestationReport: { format: 'https://example.invalid/sev-snp-guest', body }, vcek }),
    )
  const leaf = toBase64(await makeLeaf())
  const zipped = toBase64(gzipSync(await makeReport()))
  expect(await bundle(zipped, leaf)).toBe('S4')
  expect(await bundle(broken(zipped), leaf)).toBe('S1')
  expect(await bundle(zipped, broken(leaf))).toBe('S1')
})
