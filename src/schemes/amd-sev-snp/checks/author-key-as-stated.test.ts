import { expect, it } from 'vitest'
import { makeReport } from '../attester.ts'
import { ask } from '../testing.ts'
import { authorKeyAsStated } from './author-key-as-stated.ts'

const digest = new Uint8Array(48).fill(7)
it('passes when neither or both are there', async () => {
  expect(await ask(authorKeyAsStated, await makeReport())).toMatchObject({
    outcome: 'pass',
    because: { text: 'snp.author-key.none' },
  })
  expect(await ask(authorKeyAsStated, await makeReport({ keyInfo: 1, authorKeyDigest: digest }))).toMatchObject({
    outcome: 'pass',
  })
})
it('fails when one stands there without the other', async () => {
  expect(await ask(authorKeyAsStated, await makeReport({ authorKeyDigest: digest }))).toMatchObject({
    outcome: 'fail',
    because: { text: 'snp.author-key.unstated' },
  })
  expect(await ask(authorKeyAsStated, await makeReport({ keyInfo: 1 }))).toMatchObject({
    outcome: 'fail',
    because: { text: 'snp.author-key.missing' },
  })
})
