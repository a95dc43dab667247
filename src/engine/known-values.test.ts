import { describe, expect, it } from 'vitest'
import { NO_POLICY } from '../core/policy.ts'
import { fromHex } from '../bytes/layout.ts'
import { DEMO_AT, filesOf, makeCase } from '../schemes/intel-dcap/attester.ts'
import { makeReport } from '../schemes/amd-sev-snp/attester.ts'
import { appraise } from './appraise.ts'
import { knownFields } from './known-values.ts'

const MRSEAM = 'bfb360ac8e6233a1bca1433caf7382d95c165b4a77fb00bf1435e5a08f300cdfead5ee68461afd9b6c728dce7534602d'
const AZURE = '0356215882a825279a85b300b0b742931d113bf7e32dde2e50ffde7ec743ca491ecdd7f336dc28a6e0b2bb57af7a44a3'
const hex = (text: string) => fromHex(text) ?? new Uint8Array()

const modules = import.meta.glob<{ readonly knownValues: readonly Readonly<Record<string, unknown>>[] }>(
  '../schemes/*/known.ts',
  { eager: true },
)

describe('known values', () => {
  it('each say who says it, where and when', () => {
    const all = Object.values(modules).flatMap(({ knownValues }) => knownValues)
    expect(all.length).toBeGreaterThan(10)
    for (const one of all) {
      expect(one['source']).toMatch(/^https:\/\//)
      expect(one['date']).toMatch(/^\d{4}-\d{2}-\d{2}$/)
      expect(String(one['according'])).not.toBe('')
      expect((one['value'] as RegExp).source).toMatch(/^\^/)
      expect((one['value'] as RegExp).flags).toBe('')
    }
  })

  it('are found in a quote and in its certificates', async () => {
    const made = await makeCase({
      platform: { fmspc: '00806f050000' },
      td: { mrSeam: hex(MRSEAM) },
    })
    const found = await knownFields(filesOf(made).slice(0, 1))
    expect(found.map(({ label, name, basis }) => [label, name, basis])).toEqual(
      expect.arrayContaining([
        ['MRSEAM', 'TDX module 1.5, SVN 8', 'observed'],
        ['FMSPC', 'Intel Xeon, Sapphire Rapids', 'derived'],
      ]),
    )
    expect(found.find(({ label }) => label === 'MRSEAM')?.value).toBe(MRSEAM)
  })

  it('are found in a report', async () => {
    const report = await makeReport({ idKeyDigest: hex(AZURE) })
    expect(await knownFields([{ name: 'report.bin', bytes: report }])).toMatchObject([
      { label: 'ID_KEY_DIGEST', name: 'Microsoft Azure, confidential VM' },
    ])
  })

  it('are silent about what nobody knows', async () => {
    expect(await knownFields(filesOf(await makeCase()).slice(0, 1))).toEqual([])
    expect(await knownFields([{ name: 'x', bytes: hex(MRSEAM) }])).toEqual([])
  })

  it('raise no answer', async () => {
    const view = async (mrSeam: Uint8Array) =>
      appraise(filesOf(await makeCase({ td: { mrSeam } })), {
        at: Date.parse(DEMO_AT),
        atSource: 'given',
        policy: NO_POLICY,
      })
    const [known, unknown] = [await view(hex(MRSEAM)), await view(new Uint8Array(48).fill(7))]
    expect([known.headline, known.ifRootTrusted, known.answers.software.state]).toEqual([
      unknown.headline,
      unknown.ifRootTrusted,
      unknown.answers.software.state,
    ])
  })
})
