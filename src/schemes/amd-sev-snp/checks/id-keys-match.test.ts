import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { makeLaunch, makeReport, type LaunchRecipe, type ReportRecipe } from '../attester.ts'
import { demoKeys } from '../demo-keys.ts'
import { ask, changed } from '../testing.ts'
import { idKeysMatch } from './id-keys-match.ts'

/** A report with the digests of a launch, and that launch's files beside it. */
async function outcome(
  options: {
    readonly launch?: LaunchRecipe
    readonly report?: ReportRecipe
    readonly author?: boolean
    readonly withoutBlock?: boolean
    readonly change?: (auth: Uint8Array) => void
  } = {},
) {
  const { block, auth, idKeyDigest, authorKeyDigest } = await makeLaunch(options.launch)
  const report = await makeReport({
    idKeyDigest,
    ...(options.author ? { authorKeyDigest, keyInfo: 1 } : {}),
    ...options.report,
  })
  return ask(idKeysMatch, report, {
    beside: [
      { format: 'amd.snp-id-auth', bytes: options.change ? changed(auth, options.change) : auth },
      ...(options.withoutBlock ? [] : [{ format: 'amd.snp-id-block' as const, bytes: block }]),
    ],
  })
}

it('passes when digest and signature fit, with and without an author key', async () => {
  expect(await outcome()).toMatchObject({ outcome: 'pass', because: { text: 'snp.id-keys-match.holds' } })
  expect(await outcome({ author: true })).toMatchObject({
    outcome: 'pass',
    because: { text: 'snp.id-keys-match.author' },
  })
})
it('the digest is over the 1028 bytes of the key as they stand', async () => {
  const { auth, idKeyDigest } = await makeLaunch()
  expect(
    createHash('sha384')
      .update(auth.subarray(576, 576 + 1028))
      .digest('hex'),
  ).toBe(Buffer.from(idKeyDigest).toString('hex'))
})
it('fails for another key', async () => {
  expect(await outcome({ report: { idKeyDigest: new Uint8Array(48).fill(1) } })).toMatchObject({
    outcome: 'fail',
    because: { text: 'snp.id-key-differs', params: { field: 'ID_KEY_DIGEST' } },
  })
  expect(await outcome({ author: true, report: { authorKeyDigest: new Uint8Array(48).fill(1) } })).toMatchObject({
    outcome: 'fail',
    because: { text: 'snp.id-key-differs', params: { field: 'AUTHOR_KEY_DIGEST' } },
  })
})
it('fails when another key signed the block, or a bit of a signature is wrong', async () => {
  expect(await outcome({ launch: { signer: demoKeys.Milan.vcek } })).toMatchObject({
    outcome: 'fail',
    because: { text: 'snp.id-block-unsigned' },
  })
  expect(
    await outcome({
      author: true,
      change: (auth) => {
        auth[0x680] = (auth[0x680] ?? 0) ^ 1
      },
    }),
  ).toMatchObject({ outcome: 'fail', because: { text: 'snp.id-key-unsigned' } })
})
it('is not checked without the block, not asked without the keys, and never decides', async () => {
  expect(await outcome({ withoutBlock: true })).toMatchObject({
    outcome: 'not-checked',
    because: { text: 'snp.id-block-missing' },
  })
  expect(await ask(idKeysMatch, await makeReport())).toMatchObject({ outcome: 'not-applicable' })
  expect(idKeysMatch.weight).toBe('notes')
})
