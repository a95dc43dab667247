import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { demoKeySet, earClaims, makeMaaToken, makeToken } from './attester.ts'
import { samples } from './samples.ts'

it.runIf(process.env['WRITE_SAMPLES'] === '1')('writes the samples anew', async () => {
  const refused = earClaims({
    submods: {
      cpu0: { 'ear.status': 'contraindicated', 'ear.trustworthiness-vector': { executables: 33, hardware: 97 } },
    },
  })
  const all = {
    ear: { token: await makeToken(), keys: await demoKeySet('ear') },
    refused: { token: await makeToken({ claims: refused }), keys: await demoKeySet('ear') },
    maa: { token: await makeMaaToken(), keys: await demoKeySet('maa') },
  }
  for (const [id, { token, keys }] of Object.entries(all)) {
    const files = [
      { name: 'token.jwt', base64: Buffer.from(token).toString('base64') },
      { name: 'keys.json', base64: Buffer.from(keys).toString('base64') },
    ]
    writeFileSync(
      join(dirname(fileURLToPath(import.meta.url)), 'samples', `${id}.json`),
      `${JSON.stringify({ files }, null, 2)}\n`,
    )
  }
})
it('has samples that can be read', async () => {
  for (const sample of samples) for (const file of await sample.files()) expect(file.bytes.length).toBeGreaterThan(100)
})
