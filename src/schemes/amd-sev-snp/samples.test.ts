import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { makeExtendedReport, makeLeaf, makeReport, OLD_TCB, PLAIN_POLICY } from './attester.ts'
import { issueDemoCrl } from './demo-authorities.ts'
import { samples } from './samples.ts'

type File = readonly [name: string, bytes: Promise<Uint8Array>]
const debugPolicy = PLAIN_POLICY | (1n << 19n)

const RECIPES: Readonly<Record<string, () => readonly File[]>> = {
  'milan-v3-old': () => [
    ['extended-report.bin', makeExtendedReport({ tcb: OLD_TCB.Milan })],
    ['milan.crl', issueDemoCrl('Milan')],
  ],
  'genoa-v3-vlek': () => [
    ['extended-report.bin', makeExtendedReport({ product: 'Genoa', kind: 'VLEK', tcb: OLD_TCB.Genoa }, {}, false)],
    ['genoa.crl', issueDemoCrl('Genoa')],
  ],
  'milan-v2': () => [
    ['report.bin', makeReport({ version: 2 })],
    ['vcek.der', makeLeaf()],
    ['milan.crl', issueDemoCrl('Milan')],
  ],
  'turin-v5': () => [
    ['report.bin', makeReport({ product: 'Turin', version: 5, platformInfo: 0x67n, mitigations: 0x3fn })],
    ['vcek.der', makeLeaf({ product: 'Turin' })],
    ['turin.crl', issueDemoCrl('Turin')],
  ],
  debug: () => [
    ['report.bin', makeReport({ policy: debugPolicy })],
    ['vcek.der', makeLeaf()],
    ['milan.crl', issueDemoCrl('Milan')],
  ],
  revoked: () => [
    ['report.bin', makeReport()],
    ['vcek.der', makeLeaf()],
    ['milan.crl', issueDemoCrl('Milan', { revoked: [{ authority: 'ask', at: Date.parse('2026-05-01T00:00:00Z') }] })],
  ],
}

it.runIf(process.env['WRITE_SAMPLES'] === '1')('writes the samples anew', async () => {
  for (const [id, recipe] of Object.entries(RECIPES)) {
    const files = []
    for (const [name, bytes] of recipe()) files.push({ name, base64: Buffer.from(await bytes).toString('base64') })
    writeFileSync(
      join(dirname(fileURLToPath(import.meta.url)), 'samples', `${id}.json`),
      `${JSON.stringify({ files }, null, 2)}\n`,
    )
  }
})
it('has a recipe for every sample, and every sample is there', () => {
  expect(samples.map((sample) => sample.id).sort()).toEqual(Object.keys(RECIPES).sort())
  for (const { id } of samples)
    expect(readFileSync(join(dirname(fileURLToPath(import.meta.url)), 'samples', `${id}.json`), 'utf8')).toContain(
      'base64',
    )
})
