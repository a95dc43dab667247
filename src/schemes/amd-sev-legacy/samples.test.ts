import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { makeCertificate, makeChain, makeLegacyReport } from './attester.ts'
import { PDH } from './layout.ts'
import { samples } from './samples.ts'

const RECIPES: Readonly<Record<string, () => Promise<readonly (readonly [string, Uint8Array])[]>>> = {
  report: async () => [['report.bin', await makeLegacyReport()], ...(await makeChain())],
  pdh: async () => [['pdh.cert', await makeCertificate(PDH)], ...(await makeChain())],
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
