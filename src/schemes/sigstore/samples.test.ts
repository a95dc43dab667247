import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { makeBundle } from './attester.ts'
import { demoKeys } from './demo-keys.ts'
import { samples } from './samples.ts'
import { followedFiles } from './tuf-attester.ts'

it.runIf(process.env['WRITE_SAMPLES'] === '1')('writes the samples anew', async () => {
  const file = new TextEncoder().encode('a container image’s manifest, say\n')
  const all: Record<string, readonly (readonly [string, Uint8Array])[]> = {
    statement: [['bundle.json', await makeBundle()]],
    file: [
      ['bundle.json', await makeBundle({ file, version: '0.1' })],
      ['manifest.txt', file],
    ],
    followed: [['bundle.json', await makeBundle({ log: demoKeys.other })], ...Object.entries(await followedFiles())],
  }
  for (const [id, files] of Object.entries(all)) {
    const kept = files.map(([name, bytes]) => ({ name, base64: Buffer.from(bytes).toString('base64') }))
    writeFileSync(
      join(dirname(fileURLToPath(import.meta.url)), 'samples', `${id}.json`),
      `${JSON.stringify({ files: kept }, null, 2)}\n`,
    )
  }
})
it('has samples that can be read', async () => {
  for (const sample of samples) for (const file of await sample.files()) expect(file.bytes.length).toBeGreaterThan(20)
})
