import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { demoPublicKey, makeDocument, type NitroRecipe } from './attester.ts'
import { samples } from './samples.ts'

const NONCE = Uint8Array.from({ length: 32 }, (_, i) => i)
const RECIPES: Readonly<Record<string, NitroRecipe>> = {
  enclave: { publicKey: demoPublicKey(), nonce: NONCE },
  debug: { debug: true },
  tpm: { kind: 'tpm', nonce: NONCE },
  qingtian: { kind: 'qingtian', nonce: NONCE },
}

it.runIf(process.env['WRITE_SAMPLES'] === '1')('writes the samples anew', async () => {
  for (const [id, recipe] of Object.entries(RECIPES)) {
    const base64 = Buffer.from(await makeDocument(recipe)).toString('base64')
    writeFileSync(
      join(dirname(fileURLToPath(import.meta.url)), 'samples', `${id}.json`),
      `${JSON.stringify({ files: [{ name: `${id}.cose`, base64 }] }, null, 2)}\n`,
    )
  }
})
it('has samples that can be read', async () => {
  for (const sample of samples) for (const file of await sample.files()) expect(file.bytes.length).toBeGreaterThan(1000)
})
