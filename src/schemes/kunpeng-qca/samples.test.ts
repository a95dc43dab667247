import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { toBase64Url } from '../../envelope/base64.ts'
import { makeReportBinary, makeReportJson, makeReportObject, textOf } from './attester.ts'
import { samples } from './samples.ts'

const RECIPES: Readonly<Record<string, () => Promise<readonly [string, Uint8Array]>>> = {
  json: async () => ['report.json', await makeReportJson()],
  binary: async () => ['report.bin', await makeReportBinary()],
  changed: async () => {
    const report = await makeReportObject()
    const nonce = toBase64Url(new TextEncoder().encode('a nonce of somebody else'))
    return ['report.json', textOf({ ...report, payload: { ...(report['payload'] as object), nonce } })]
  },
}

it.runIf(process.env['WRITE_SAMPLES'] === '1')('writes the samples anew', async () => {
  for (const [id, recipe] of Object.entries(RECIPES)) {
    const [name, bytes] = await recipe()
    const files = [{ name, base64: Buffer.from(bytes).toString('base64') }]
    writeFileSync(
      join(dirname(fileURLToPath(import.meta.url)), 'samples', `${id}.json`),
      `${JSON.stringify({ files }, null, 2)}\n`,
    )
  }
})
it('has a recipe for every sample', () =>
  expect(samples.map((sample) => sample.id).sort()).toEqual(Object.keys(RECIPES).sort()))
