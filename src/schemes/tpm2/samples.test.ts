import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { encodePem } from '../../envelope/pem.ts'
import { spkiOf } from '../../pki/issue.ts'
import { asStructure, makeQuote } from './attester.ts'
import { demoAk } from './demo-keys.ts'
import { sliceOf } from '../../core/place.ts'
import { bootEvents, makeTcg2 } from '../event-log/attester.ts'
import { tcgFormats } from '../event-log/tcg-format.ts'
import { samples } from './samples.ts'

const RECIPES: Readonly<Record<string, () => Promise<readonly (readonly [string, Uint8Array])[]>>> = {
  'bare-quote': async () => {
    const { message, signature } = await makeQuote()
    return [
      ['quote.msg', message],
      ['quote.sig', asStructure(signature)],
      ['ak.pem', new TextEncoder().encode(encodePem('PUBLIC KEY', spkiOf(demoAk)))],
    ]
  },
  'quote-and-log': async () => {
    const log = makeTcg2(['sha1', 'sha256'], bootEvents(false))
    const format = tcgFormats[1]
    const derived = await format.derive?.(format.decode(sliceOf('', log), { hints: {} }).decoded)
    const values = new Uint8Array(24 * 32)
    for (const { name, hash, value } of derived?.registers ?? [])
      if (hash === 'sha256') values.set(value, Number(name.slice(3)) * 32)
    const pcrs = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]
    const { message, signature } = await makeQuote({ values, pcrs })
    return [
      ['quote.msg', message],
      ['quote.sig', asStructure(signature)],
      ['ak.pem', new TextEncoder().encode(encodePem('PUBLIC KEY', spkiOf(demoAk)))],
      ['binary_bios_measurements', log],
    ]
  },
}

it.runIf(process.env['WRITE_SAMPLES'] === '1')('writes the samples anew', async () => {
  for (const [id, recipe] of Object.entries(RECIPES)) {
    const files = (await recipe()).map(([name, bytes]) => ({ name, base64: Buffer.from(bytes).toString('base64') }))
    writeFileSync(
      join(dirname(fileURLToPath(import.meta.url)), 'samples', `${id}.json`),
      `${JSON.stringify({ files }, null, 2)}\n`,
    )
  }
})
it('has a recipe for every sample', () =>
  expect(samples.map((sample) => sample.id).sort()).toEqual(Object.keys(RECIPES).sort()))
