import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { makeNote, type NoteRecipe } from './attester.ts'
import { samples } from './samples.ts'

const RECIPES: Readonly<Record<string, NoteRecipe>> = { note: {}, debug: { debug: true } }

it.runIf(process.env['WRITE_SAMPLES'] === '1')('writes the samples anew', async () => {
  for (const [id, recipe] of Object.entries(RECIPES)) {
    const base64 = Buffer.from(await makeNote(recipe)).toString('base64')
    writeFileSync(
      join(dirname(fileURLToPath(import.meta.url)), 'samples', `${id}.json`),
      `${JSON.stringify({ files: [{ name: `${id}.bin`, base64 }] }, null, 2)}\n`,
    )
  }
})
it('has a recipe for every sample', () => {
  expect(samples.map((sample) => sample.id).sort()).toEqual(Object.keys(RECIPES).sort())
})
