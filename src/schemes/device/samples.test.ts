import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { makeAndroidChain, makeAppAttest, makePacked, makeStatusList } from './attester.ts'
import { samples } from './samples.ts'

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')
const file = (name: string, bytes: Uint8Array) => ({ name, base64: base64(bytes) })

it.runIf(process.env['WRITE_SAMPLES'] === '1')('writes the samples anew', async () => {
  const packed = await makePacked()
  const challenge = new TextEncoder().encode('a challenge of the demonstration')
  const all = {
    'app-attest': [file('attestation.cbor', await makeAppAttest()), file('challenge.txt', challenge)],
    packed: [file('attestation.cbor', packed.object), file('client-data.json', packed.clientData)],
    android: [file('chain.der', Buffer.concat(await makeAndroidChain())), file('status.json', makeStatusList())],
    unlocked: [
      file('chain.der', Buffer.concat(await makeAndroidChain({ locked: false, state: 2 }))),
      file('status.json', makeStatusList()),
    ],
  }
  for (const [id, files] of Object.entries(all))
    writeFileSync(
      join(dirname(fileURLToPath(import.meta.url)), 'samples', `${id}.json`),
      `${JSON.stringify({ files }, null, 2)}\n`,
    )
})
it('has samples that can be read', async () => {
  for (const sample of samples)
    expect(
      (await sample.files()).some((one) => one.bytes.length > 300),
      sample.id,
    ).toBe(true)
})
