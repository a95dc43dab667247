import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { makeDcuReport, makeHskCek, makeReportV1, makeReportV2 } from './attester.ts'
import { samples } from './samples.ts'

type Files = readonly (readonly [string, Uint8Array])[]
const chain = ['hsk_cek.cert', makeHskCek()] as const

const RECIPES: Readonly<Record<string, () => Promise<Files>>> = {
  v1: async () => [['report.bin', await makeReportV1()], chain],
  v2: async () => [['report-v2.bin', await makeReportV2()], chain],
  debug: async () => [['report.bin', await makeReportV1({ policy: 0x44 })], chain],
  dcu: async () => [['dcu-report.bin', makeDcuReport()], chain],
}

it.runIf(process.env['WRITE_SAMPLES'] === '1')('writes the samples anew', async () => {
  for (const [id, recipe] of Object.entries(RECIPES)) {
    const files = (await recipe()).map(([name, bytes]) => ({ name, base64: Buffer.from(bytes).toString('base64') }))
    writeFileSync(
      join(dirname(fileURLToPath(import.meta.url)), 'samples', `${id}.json`),
      `${JSON.stringify({ files }, null, 2)}\n`,
    )
  }
})
it('has a recipe for every sample', () =>
  expect(samples.map((sample) => sample.id).sort()).toEqual(Object.keys(RECIPES).sort()))
