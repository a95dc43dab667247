import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { RECIPES } from './attester.ts'
import { samples } from './samples.ts'

it.runIf(process.env['WRITE_SAMPLES'] === '1')('writes the samples anew', () => {
  for (const [id, make] of Object.entries(RECIPES))
    writeFileSync(
      join(dirname(fileURLToPath(import.meta.url)), 'samples', `${id}.json`),
      `${JSON.stringify({ files: [{ name: id, base64: Buffer.from(make()).toString('base64') }] }, null, 2)}\n`,
    )
})

it('has a recipe for every sample, and each still makes what was kept', async () => {
  expect(samples.map((sample) => sample.id).sort()).toEqual(Object.keys(RECIPES).sort())
  for (const sample of samples) {
    const [file] = await sample.files()
    expect(Buffer.from(file?.bytes ?? []).equals(Buffer.from(RECIPES[sample.id]?.() ?? [])), sample.id).toBe(true)
  }
})
