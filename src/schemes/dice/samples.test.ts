import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { makeCborChain, makeChain } from './attester.ts'
import { samples } from './samples.ts'

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')

it.runIf(process.env['WRITE_SAMPLES'] === '1')('writes the samples anew', async () => {
  const names = ['runtime.der', 'first-mutable-code.der', 'device.der']
  const chain = (files: readonly Uint8Array[]) => files.map((one, i) => ({ name: names[i] ?? '', base64: base64(one) }))
  const pile = async () => [{ name: 'chain.der', base64: Buffer.concat(await makeChain()).toString('base64') }]
  const all = {
    chain: await pile(),
    debug: chain(await makeChain({ flags: 0x10 })),
    cbor: [{ name: 'chain.cbor', base64: base64(await makeCborChain()) }],
  }
  for (const [id, files] of Object.entries(all))
    writeFileSync(
      join(dirname(fileURLToPath(import.meta.url)), 'samples', `${id}.json`),
      `${JSON.stringify({ files }, null, 2)}\n`,
    )
})
it('has samples that can be read', async () => {
  for (const sample of samples) for (const file of await sample.files()) expect(file.bytes.length).toBeGreaterThan(200)
})
