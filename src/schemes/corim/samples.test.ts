import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { demoKeyFile, makeCorim, makePartsCorim } from './attester.ts'
import { samples } from './samples.ts'

const file = (name: string, bytes: Uint8Array) => ({ name, base64: Buffer.from(bytes).toString('base64') })
const write = (id: string, files: readonly ReturnType<typeof file>[]) =>
  writeFileSync(
    join(dirname(fileURLToPath(import.meta.url)), 'samples', `${id}.json`),
    `${JSON.stringify({ files }, null, 2)}\n`,
  )

it.runIf(process.env['WRITE_SAMPLES'] === '1')('writes the samples anew', async () => {
  write('signed', [file('manifest.cbor', await makeCorim()), file('key.json', demoKeyFile())])
  write('parts', [file('driver.cbor', makePartsCorim())])
})
it('has samples that can be read', async () => {
  for (const sample of samples) for (const file of await sample.files()) expect(file.bytes.length).toBeGreaterThan(60)
})
