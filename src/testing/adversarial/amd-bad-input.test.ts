import { describe, expect, it } from 'vitest'
import { joinBytes } from '../../bytes/der-writer.ts'
import { toHex } from '../../bytes/layout.ts'
import type { Saying } from '../../core/saying.ts'
import type { FieldNode } from '../../core/field.ts'
import { inspect } from '../../engine/inspect.ts'
import { toBase64 } from '../../envelope/base64.ts'
import {
  GOOD_TCB,
  makeExtendedReport,
  makeLeaf,
  makeReport,
  makeTable,
  type ReportRecipe,
} from '../../schemes/amd-sev-snp/attester.ts'
import { issueAuthority, issueDemoCrl } from '../../schemes/amd-sev-snp/demo-authorities.ts'
import { effective } from '../tamper.ts'
import { filesOf, viewOf, type Machine } from './amd-kit.ts'

/** What a reader may drop by mistake, or what a broken host writes: each is named, with the bytes that it is about. */

interface Said {
  readonly text: string
  readonly at: number
  readonly params: Saying['params']
}

/** Every problem of every artifact, with the offset at which it stands. */
async function problemsOf(bytes: Uint8Array): Promise<Said[]> {
  const { artifacts } = await inspect([{ name: 'x', bytes }])
  return artifacts.flatMap((artifact) => {
    const found: Said[] = artifact.problems.map(({ because, range }) => ({
      text: because.text,
      at: range.start,
      params: because.params,
    }))
    const stack: FieldNode[] = [artifact.tree]
    for (let node = stack.pop(); node; node = stack.pop()) {
      for (const { because, range } of node.problems)
        found.push({ text: because.text, at: range.start, params: because.params })
      stack.push(...node.children)
    }
    return found
  })
}
const formatsOf = async (bytes: Uint8Array) =>
  (await inspect([{ name: 'x', bytes }])).artifacts.map((artifact) => artifact.format)
const finding = async (machine: Machine, id: string) =>
  (await viewOf({ machine })).checks.find((check) => check.id === id)
const text = (value: string) => new TextEncoder().encode(value)

describe('a report read as what it is not', () => {
  it('version 2 read as version 3: no processor stands where version 3 has one', async () => {
    expect(await finding({ report: { version: 3, cpuid: [0, 0, 0] } }, 'snp.product-agrees')).toMatchObject({
      outcome: 'fail',
      because: { text: 'snp.processor-zero', params: { version: 3 } },
      cites: expect.arrayContaining([expect.objectContaining({ path: 'body.cpuid.family' })]),
    })
  })
  it("Milan's layout on Turin: both the reserved bytes and the levels say so, by name and number", async () => {
    const report: ReportRecipe = {
      product: 'Turin',
      version: 5,
      bend: (body) => body.set([1, 1, 0, 0, 0, 0, 4, 0x51], 0x180),
    }
    expect(await finding({ report }, 'snp.reserved-zero')).toMatchObject({
      outcome: 'fail',
      because: { text: 'snp.mbz', params: { field: 'reportedTcb.reserved', at: '0x186' } },
    })
    expect(await finding({ report }, 'snp.tcb-matches-certificate')).toMatchObject({
      outcome: 'fail',
      because: { text: 'snp.vcek-tcb', params: { report: 'TEE 0 · SNP 0', certificate: 'TEE 1 · SNP 4' } },
    })
  })
  it('reserved bytes that are set: the field and the very byte', async () => {
    expect(
      await finding(
        {
          report: {
            bend: (body) => {
              body[0x29f] = 1
            },
          },
        },
        'snp.reserved-zero',
      ),
    ).toMatchObject({ because: { text: 'snp.mbz', params: { field: 'reserved2', at: '0x29f', version: 3 } } })
  })
  it('a report that was cut off: how much there is', async () => {
    const view = await viewOf({ files: async () => [{ name: 'x', bytes: (await makeReport()).slice(0, 700) }] })
    expect(view.headline).toBe('S1')
    expect(view.checks.find((check) => check.id === 'snp.report-whole')).toMatchObject({
      outcome: 'fail',
      because: { params: { have: 700 } },
    })
  })
})

describe("a certificate that is not the report's", () => {
  it('of another chip, carried with the report: both ids', async () => {
    expect(await finding({ leaf: { hwId: new Uint8Array(64).fill(1) } }, 'snp.chip-matches-certificate')).toMatchObject(
      {
        outcome: 'fail',
        because: { text: 'snp.vcek-hwid' },
        found: '01'.repeat(64),
        expected: `d0d0c0de00000001${'5e'.repeat(56)}`,
      },
    )
  })
  it('of another TCB: the components and both numbers', async () => {
    expect(
      await finding({ leaf: { tcb: { ...GOOD_TCB.Milan, snp: 20, microcode: 1 } } }, 'snp.tcb-matches-certificate'),
    ).toMatchObject({
      outcome: 'fail',
      because: { params: { report: 'SNP 29 · MICROCODE 222', certificate: 'SNP 20 · MICROCODE 1' } },
    })
  })
  it('of another chip and key, beside the report only: nothing is held against the report', async () => {
    const view = await viewOf({
      files: async () => [
        { name: 'report.bin', bytes: await makeReport() },
        { name: 'other.der', bytes: await makeLeaf({ product: 'Genoa', hwId: new Uint8Array(64).fill(7) }) },
      ],
    })
    expect(view.headline).toBe('S4')
    expect(view.checks.filter((check) => check.outcome === 'fail')).toEqual([])
    expect(view.collateral.find((use) => use.kind === 'certificate')).toMatchObject({
      use: 'not-for-this',
      because: { text: 'snp.use.other-chip' },
    })
  })
  it('VLEK said, VCEK given: both kinds and their issuer', async () => {
    expect(await finding({ report: { keyInfo: 4 } }, 'snp.signing-key-as-stated')).toMatchObject({
      outcome: 'fail',
      because: { text: 'snp.signing-key', params: { stated: 'VLEK', certificate: 'SEV-VCEK ← SEV-Milan' } },
    })
  })
})

describe('a certificate table that lies', () => {
  const first = 24 * 3
  const extended = async (table: Uint8Array) => joinBytes([await makeReport(), table])
  it('an entry that overruns: its length, its offset, and what there is', async () => {
    const leaf = await makeLeaf()
    const found = await problemsOf(
      await extended(
        makeTable([
          { slot: 'ASK', bytes: await issueAuthority('ask', 'Milan') },
          { slot: 'VCEK', bytes: leaf, stretch: 1 },
        ]),
      ),
    )
    const ask = (await issueAuthority('ask', 'Milan')).length
    expect(found).toContainEqual({
      text: 'snp.table-overrun',
      at: 1184 + 24,
      params: {
        slot: 'VCEK',
        offset: `0x${(first + ask).toString(16)}`,
        length: leaf.length + 1,
        have: first + ask + leaf.length,
      },
    })
  })
  it('a length of 0xffffffff', async () => {
    const found = await problemsOf(
      await extended(makeTable([{ slot: 'VCEK', bytes: new Uint8Array(10), stretch: 0xffffffff - 10 }])),
    )
    expect(found).toContainEqual(
      expect.objectContaining({
        text: 'snp.table-overrun',
        at: 1184,
        params: expect.objectContaining({ length: 0xffffffff }),
      }),
    )
  })
  it('entries that overlap: which one', async () => {
    const found = await problemsOf(
      await extended(
        makeTable([
          { slot: 'ASK', bytes: await issueAuthority('ask', 'Milan') },
          { slot: 'VCEK', bytes: await makeLeaf(), shift: -9 },
        ]),
      ),
    )
    expect(found).toContainEqual(
      expect.objectContaining({
        text: 'snp.table-overlap',
        at: 1184 + 24,
        params: expect.objectContaining({ slot: 'VCEK' }),
      }),
    )
  })
  it('an entry that points into the entries', async () => {
    const found = await problemsOf(await extended(makeTable([{ slot: 'VCEK', bytes: await makeLeaf(), shift: -40 }])))
    expect(found).toContainEqual(expect.objectContaining({ text: 'snp.table-into-itself', at: 1184 }))
  })
})

describe('what stands behind, and how it is written', () => {
  it('trailing bytes: how many and where, and that nothing covers them; they do not move the verdict', async () => {
    const bytes = joinBytes([await makeReport(), Uint8Array.of(1, 2, 3)])
    expect(await problemsOf(bytes)).toContainEqual({
      text: 'layout.trailing',
      at: 1184,
      params: { count: 3, at: '0x4a0' },
    })
    const [, ...rest] = await filesOf({})
    expect(effective(await viewOf({ files: async () => [{ name: 'report.bin', bytes }, ...rest] }))).toBe('S5')
  })
  it('zeros behind are padding', async () =>
    expect(await problemsOf(joinBytes([await makeReport(), new Uint8Array(20)]))).toContainEqual(
      expect.objectContaining({ text: 'layout.padding', params: { count: 20, at: '0x4a0' } }),
    ))
  it.each([
    ['plain hex', (hex: string) => hex],
    ['upper case', (hex: string) => hex.toUpperCase()],
    ['0x in front', (hex: string) => `0x${hex}\n`],
    ['a space between bytes', (hex: string) => hex.replaceAll(/../g, '$& ').trim()],
    ['lines', (hex: string) => hex.replaceAll(/.{64}/g, '$&\r\n')],
    ['colons', (hex: string) => hex.replaceAll(/..(?=.)/g, '$&:')],
  ])('hex: %s', async (_name, write) => {
    for (const bytes of [await makeReport({ version: 5 }), await makeExtendedReport()])
      expect(await formatsOf(text(write(toHex(bytes))))).toContain('amd.snp-report')
  })
  it('hex with spaces reaches the verdict of the bytes', async () => {
    const hex = toHex(await makeReport()).replaceAll(/../g, '$& ')
    const view = await viewOf({
      files: async () => [
        { name: 'report.txt', bytes: text(hex) },
        { name: 'leaf.der', bytes: await makeLeaf() },
        { name: 'list.crl', bytes: await issueDemoCrl('Milan') },
      ],
    })
    expect(effective(view)).toBe('S5')
  })
  it('hex with an odd number of digits is no report', async () =>
    expect(await formatsOf(text(toHex(await makeReport()).slice(1)))).not.toContain('amd.snp-report'))
  it('base64, and a leaf as PEM', async () => {
    const pem = text(
      `-----BEGIN CERTIFICATE-----\n${toBase64(await makeLeaf()).replaceAll(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`,
    )
    const view = await viewOf({
      files: async () => [
        { name: 'report.b64', bytes: text(toBase64(await makeReport())) },
        { name: 'leaf.pem', bytes: pem },
        { name: 'list.crl', bytes: await issueDemoCrl('Milan') },
      ],
    })
    expect(effective(view)).toBe('S5')
  })
})
