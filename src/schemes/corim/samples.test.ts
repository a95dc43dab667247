import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { demoKeyFile, makeCorim } from './attester.ts'
import { samples } from './samples.ts'

it.runIf(process.env['WRITE_SAMPLES'] === '1')('writes the samples anew', async () => {
  const files = [
    { name: 'manifest.cbor', base64: Buffer.from(await makeCorim()).toString('base64') },
    { name: 'key.json', base64: Buffer.from(demoKeyFile()).toString('base64') },
  ]
  writeFileSync(
    join(dirname(fileURLToPath(import.meta.url)), 'samples', 'signed.json'),
    `${JSON.stringify({ files }, null, 2)}\n`,
  )
})
it('has samples that can be read', async () => {
  for (const sample of samples) for (const file of await sample.files()) expect(file.bytes.length).toBeGreaterThan(60)
})
