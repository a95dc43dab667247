import { expect, it } from 'vitest'
import { sliceOf } from '../../core/place.ts'
import { makeDocument, type NitroRecipe } from './attester.ts'
import { entry } from './index.ts'

const formatOf = (bytes: Uint8Array) => entry.detectors.flatMap((detect) => detect(sliceOf('', bytes)) ?? [])[0]?.format
const text = (value: string) => new TextEncoder().encode(value)

/** Words that tell the kinds apart, where the enclave may write what it likes. */
const WORDS = [
  text('nitrotpm_pcrs'),
  text('fpubkey'),
  text('imodule_idx\x2c00000000-0000-0000-0000-000000000000.enc-0'),
]

it.each([
  ['enclave', 'nitro.document'],
  ['tpm', 'nitro.tpm-document'],
  ['qingtian', 'nitro.qingtian-document'],
] as const)('%s stays what it is, whatever its own fields say', async (kind, format) => {
  for (const word of WORDS) {
    for (const recipe of [{ userData: word }, { nonce: word }, { publicKey: word }] satisfies NitroRecipe[])
      expect(formatOf(await makeDocument({ kind, ...recipe }))).toBe(format)
  }
})
it('is told by its words where the map cannot be read', async () => {
  for (const [kind, format] of [
    ['enclave', 'nitro.document'],
    ['tpm', 'nitro.tpm-document'],
    ['qingtian', 'nitro.qingtian-document'],
  ] as const)
    expect(formatOf((await makeDocument({ kind })).subarray(0, -200))).toBe(format)
})
