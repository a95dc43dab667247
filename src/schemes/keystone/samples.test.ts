import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { makeReport, type ReportRecipe } from './attester.ts'
import { demoMonitor, strangeMonitor } from './demo-keys.ts'
import { samples } from './samples.ts'

const RECIPES: Readonly<Record<string, ReportRecipe>> = {
  report: {},
  guessable: { guessable: 0x40 },
  // A key of the attacker's own, beside the device's word for another one.
  swapped: { monitor: strangeMonitor(), bend: { vouchedFor: demoMonitor() } },
  // As in Keystone's issue 361.
  blank: { bend: { isBlank: true } },
}

it.runIf(process.env['WRITE_SAMPLES'] === '1')('writes the samples anew', () => {
  for (const [id, recipe] of Object.entries(RECIPES))
    writeFileSync(
      join(dirname(fileURLToPath(import.meta.url)), 'samples', `${id}.json`),
      `${JSON.stringify({ files: [{ name: `${id}.bin`, base64: Buffer.from(makeReport(recipe)).toString('base64') }] }, null, 2)}\n`,
    )
})
it('are what the attester makes today: its signatures are deterministic', async () => {
  expect(samples.map((sample) => sample.id).toSorted()).toEqual(Object.keys(RECIPES).toSorted())
  for (const sample of samples) {
    const [file] = await sample.files()
    expect(Buffer.from(file?.bytes ?? []).equals(makeReport(RECIPES[sample.id] ?? {})), sample.id).toBe(true)
  }
})
