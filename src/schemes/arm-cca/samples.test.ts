import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { demoKeyFile, makeToken, type CcaRecipe } from './attester.ts'
import { makeAik, makeVirtToken, virtKeys } from './virt-attester.ts'
import { samples } from './samples.ts'

const RECIPES: Readonly<Record<string, CcaRecipe>> = {
  token: {},
  legacy: { form: 'legacy' },
  cmw: { form: 'cmw' },
  unbound: { bend: { platformChallenge: new Uint8Array(32).fill(7) } },
}

const write = (id: string, files: readonly { readonly name: string; readonly base64: string }[]) =>
  writeFileSync(
    join(dirname(fileURLToPath(import.meta.url)), 'samples', `${id}.json`),
    `${JSON.stringify({ files }, null, 2)}\n`,
  )

it.runIf(process.env['WRITE_VIRTCCA'] === '1')('writes the samples of virtCCA anew', async () => {
  for (const [id, key] of [
    ['virtcca', virtKeys.realm],
    ['virtcca-other', virtKeys.other],
  ] as const)
    write(id, [
      { name: 'token.cbor', base64: Buffer.from(await makeVirtToken()).toString('base64') },
      { name: 'aik.der', base64: Buffer.from(await makeAik(key)).toString('base64') },
    ])
})
it.runIf(process.env['WRITE_SAMPLES'] === '1')('writes the samples anew', async () => {
  for (const [id, recipe] of Object.entries(RECIPES)) {
    const files = [
      { name: `${id}.cbor`, base64: Buffer.from(await makeToken(recipe)).toString('base64') },
      { name: 'cpak.json', base64: Buffer.from(demoKeyFile()).toString('base64') },
    ]
    write(id, files)
  }
})
it('has samples that can be read', async () => {
  for (const sample of samples) for (const file of await sample.files()) expect(file.bytes.length).toBeGreaterThan(100)
})
