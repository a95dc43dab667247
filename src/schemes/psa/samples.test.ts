import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { cborInt, cborMap } from '../../bytes/cbor-writer.ts'
import { demoKeyFile, makeToken, type PsaRecipe } from './attester.ts'
import { samples } from './samples.ts'

const RECIPES: Readonly<Record<string, PsaRecipe>> = {
  token: {},
  profile1: { profile: 'first' },
  mac: { mac: true },
  unprotected: { bend: { protectedHeader: new Uint8Array(), unprotectedHeader: cborMap([1, cborInt(-7)]) } },
}

it.runIf(process.env['WRITE_SAMPLES'] === '1')('writes the samples anew', async () => {
  for (const [id, recipe] of Object.entries(RECIPES)) {
    const token = { name: `${id}.cbor`, base64: Buffer.from(await makeToken(recipe)).toString('base64') }
    const key = { name: 'key.json', base64: Buffer.from(demoKeyFile()).toString('base64') }
    writeFileSync(
      join(dirname(fileURLToPath(import.meta.url)), 'samples', `${id}.json`),
      `${JSON.stringify({ files: recipe.mac ? [token] : [token, key] }, null, 2)}\n`,
    )
  }
})
it('has samples that can be read', async () => {
  for (const sample of samples) for (const file of await sample.files()) expect(file.bytes.length).toBeGreaterThan(100)
})
