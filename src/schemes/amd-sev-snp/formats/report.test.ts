import { fc } from '../../../testing/seeded.ts'
import { describe, expect, it } from 'vitest'
import { sliceOf } from '../../../core/place.ts'
import type { FieldNode } from '../../../core/field.ts'
import { tilingFaults, toHex } from '../../../bytes/layout.ts'
import { joinBytes } from '../../../bytes/der-writer.ts'
import { demoChipId, GOOD_TCB, makeLeaf, makeReport, makeTable } from '../attester.ts'
import { FORMATS } from '../decoded.ts'
import { entry } from '../index.ts'
import { readReport, reportFormat } from './report.ts'
import { tableFormat } from './table.ts'

const decode = (bytes: Uint8Array, hints: Readonly<Record<string, string>> = {}) =>
  reportFormat.decode(sliceOf('', bytes), { hints })
const detect = (bytes: Uint8Array) =>
  entry.detectors.flatMap((one) => one(sliceOf('', bytes)) ?? []).sort((a, b) => b.score - a.score)[0]
function problems(node: FieldNode): string[] {
  return [...node.problems.map((problem) => problem.because.text), ...node.children.flatMap(problems)]
}

describe('every version and generation', () => {
  it.each([
    ['Milan', 2],
    ['Milan', 3],
    ['Milan', 4],
    ['Milan', 5],
    ['Genoa', 3],
    ['Turin', 3],
    ['Turin', 5],
  ] as const)('%s, version %i: fields where they belong', async (product, version) => {
    const { decoded, tree } = decode(await makeReport({ product, version, policy: 0x3001fn }))
    const body = decoded.report?.body
    expect(body?.version.value).toBe(version)
    expect(body?.policy.flags).toMatchObject({ ABI_MINOR: 0x1f, SMT: 1, DEBUG: 0 })
    for (const name of ['bootloader', 'tee', 'snp', 'microcode'] as const)
      expect(body?.reportedTcb[name].value, name).toBe(GOOD_TCB[product][name])
    expect(body?.reportedTcb.fmc?.value).toBe(product === 'Turin' ? GOOD_TCB.Turin.fmc : undefined)
    expect(toHex(body?.chipId.value ?? new Uint8Array())).toBe(toHex(demoChipId(product)))
    expect(body?.cpuid.known).toBe(version >= 3)
    expect(body?.mitigations.known).toBe(version >= 5)
    expect(problems(tree())).toEqual([])
    expect(tilingFaults(tree(), sliceOf('', await makeReport({ product, version })))).toEqual({
      holes: [],
      overlaps: [],
    })
  })
  it('reads unknown versions as far as it goes, and says so', async () => {
    for (const [version, text] of [
      [1, 'snp.version-old'],
      [6, 'snp.version-unknown'],
      [4000, 'snp.version-unknown'],
    ] as const)
      expect(decode(await makeReport({ version })).problems.map((problem) => problem.because.text)).toEqual([text])
  })
  it("the choice of a TCB's order is named", async () => {
    expect(decode(await makeReport({ product: 'Turin', version: 5 })).decoded.tcbFrom).toBe('cpuid')
    expect(decode(await makeReport({ product: 'Turin', version: 2 })).decoded).toMatchObject({
      tcbFrom: 'chip-id',
      tcbLayout: 'turin',
    })
    expect(decode(await makeReport({ product: 'Milan', version: 2 })).decoded).toMatchObject({
      tcbFrom: 'chip-id',
      tcbLayout: 'milan',
    })
    expect(
      decode(await makeReport({ product: 'Milan', version: 2, chipId: new Uint8Array(64) })).decoded,
    ).toMatchObject({ tcbFrom: 'default', tcbLayout: 'milan' })
    expect(
      decode(await makeReport({ product: 'Turin', version: 2, chipId: new Uint8Array(64) }), { product: 'Turin' })
        .decoded,
    ).toMatchObject({ tcbFrom: 'certificate', tcbLayout: 'turin' })
  })
  it("Milan's order on a Turin report would put every component elsewhere", async () => {
    const bytes = await makeReport({ product: 'Turin', version: 2 })
    expect(readReport(sliceOf('', bytes), 'Milan').decoded.report?.body.reportedTcb).toMatchObject({
      bootloader: { value: 1 },
      snp: { value: 0 },
    })
    expect(readReport(sliceOf('', bytes), 'Turin').decoded.report?.body.reportedTcb).toMatchObject({
      fmc: { value: 1 },
      snp: { value: 4 },
    })
  })
  it('shows bits without a name, in flags and in key info', async () => {
    expect(
      problems(
        decode(await makeReport({ platformInfo: 1n << 33n, keyInfo: 1 << 9, policy: 0x30000n | (1n << 44n) })).tree(),
      ),
    ).toEqual(['bits.unknown', 'bits.unknown', 'bits.unknown'])
  })
})

describe('recognising', () => {
  it('is sure of a whole report and of one with a table, and lets one bit differ', async () => {
    const report = await makeReport()
    expect(detect(report)).toMatchObject({ format: FORMATS.report, score: 0.95 })
    expect(detect(joinBytes([report, makeTable([{ slot: 'VCEK', bytes: await makeLeaf() }])]))).toMatchObject({
      format: FORMATS.report,
      score: 0.97,
    })
    expect(detect(joinBytes([report, new Uint8Array(20)]))).toMatchObject({ format: FORMATS.report })
    for (let at = 0; at < report.length; at++) {
      const changed = report.slice()
      changed[at] = (changed[at] ?? 0) ^ 1
      expect(detect(changed)?.format, `byte ${at}`).toBe(FORMATS.report)
    }
  })
  it('recognises a report that is cut off, and nothing in noise', async () => {
    const report = await makeReport()
    expect(detect(report.slice(0, 600))?.format).toBe(FORMATS.report)
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1184, maxLength: 1300 }), (bytes) => {
        expect(detect(bytes)?.format).not.toBe(FORMATS.report)
      }),
      { numRuns: 200 },
    )
    expect(detect(new Uint8Array(1184))?.format).not.toBe(FORMATS.report)
  })
})

describe('certificate tables', () => {
  it('open what they name', async () => {
    const leaf = await makeLeaf()
    const { inner, tree } = decode(
      joinBytes([
        await makeReport(),
        makeTable([
          { slot: 'VCEK', bytes: leaf },
          { slot: 'CRL', bytes: Uint8Array.of(0x30, 0) },
        ]),
      ]),
    )
    expect(inner.map(({ name, format }) => [name, format])).toEqual([
      ['VCEK', FORMATS.leaf],
      ['CRL', 'x509.crl'],
    ])
    expect(problems(tree())).toEqual([])
  })
  it('name the entry that reaches outside, overlaps another, or lies in the table itself', async () => {
    const bytes = await makeLeaf()
    const read = (table: Uint8Array) => tableFormat.decode(sliceOf('', table), { hints: {} })
    const faults: readonly [Uint8Array, string, number][] = [
      [makeTable([{ slot: 'VCEK', bytes, stretch: 1 }]), 'snp.table-overrun', 0],
      [makeTable([{ slot: 'VCEK', bytes, stretch: 0xffffffff - bytes.length }]), 'snp.table-overrun', 0],
      [
        makeTable([
          { slot: 'ASK', bytes },
          { slot: 'VCEK', bytes, shift: -5 },
        ]),
        'snp.table-overlap',
        1,
      ],
      [makeTable([{ slot: 'VCEK', bytes, shift: -20, stretch: -20 }]), 'snp.table-into-itself', 0],
    ]
    for (const [table, text, opened] of faults) {
      const { tree, inner } = read(table)
      expect(problems(tree())).toEqual([text])
      expect(inner).toHaveLength(opened)
      expect(tilingFaults(tree(), sliceOf('', table))).toEqual({ holes: [], overlaps: [] })
    }
  })
})

it('never throws and always tiles, for any bytes', async () => {
  const report = await makeReport({ version: 5 })
  const table = makeTable([{ slot: 'VCEK', bytes: new Uint8Array(50) }])
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 1400 }),
      fc.nat(1400),
      fc.array(fc.tuple(fc.nat(1300), fc.nat(255)), { maxLength: 20 }),
      (noise, cut, changes) => {
        const mixed = joinBytes([report, table])
        for (const [at, value] of changes) mixed[at] = value
        for (const bytes of [noise, mixed.slice(0, cut), joinBytes([report, noise])]) {
          expect(tilingFaults(decode(bytes).tree(), sliceOf('', bytes))).toEqual({ holes: [], overlaps: [] })
          expect(
            tilingFaults(tableFormat.decode(sliceOf('', bytes), { hints: {} }).tree(), sliceOf('', bytes)),
          ).toEqual({
            holes: [],
            overlaps: [],
          })
        }
      },
    ),
    { numRuns: 300 },
  )
})
