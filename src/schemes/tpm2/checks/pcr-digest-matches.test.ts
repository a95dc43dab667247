import { expect, it } from 'vitest'
import { ask, flipped } from '../testing.ts'
import { pcrDigestMatches } from './pcr-digest-matches.ts'

it('passes when the values give the signed digest', async () => {
  expect(await ask(pcrDigestMatches)).toMatchObject({ outcome: 'pass' })
  expect(await ask(pcrDigestMatches, { recipe: { pcrs: [0, 4, 7] } })).toMatchObject({ outcome: 'pass' })
})
it('fails when one value differs', async () =>
  expect(await ask(pcrDigestMatches, { changePcrs: flipped(100) })).toMatchObject({
    outcome: 'fail',
    because: { text: 'tpm.pcr-digest' },
  }))
it('is not checked without values, and concerns the software only', async () => {
  expect(await ask(pcrDigestMatches, { without: ['pcrs'] })).toMatchObject({
    outcome: 'not-checked',
    because: { text: 'tpm.no-pcr-values' },
  })
  expect(pcrDigestMatches.answer).toBe('software')
})
