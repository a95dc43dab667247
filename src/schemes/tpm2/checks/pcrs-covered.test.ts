import { expect, it } from 'vitest'
import { ask } from '../testing.ts'
import { pcrsCovered } from './pcrs-covered.ts'

it('passes when PCRs are covered', async () =>
  expect(await ask(pcrsCovered)).toMatchObject({ outcome: 'pass', because: { params: { count: 24 } } }))
it('fails when none is', async () =>
  expect(await ask(pcrsCovered, { recipe: { pcrs: [] } })).toMatchObject({
    outcome: 'fail',
    because: { text: 'tpm.pcr-coverage' },
  }))
it('warns when all are in the SHA-1 bank', async () =>
  expect(await ask(pcrsCovered, { recipe: { bank: 0x0004 } })).toMatchObject({
    outcome: 'warn',
    because: { text: 'tpm.bank-sha1' },
  }))
it('warns when some are in no other bank, and passes when each is in a better one too', async () => {
  expect(await ask(pcrsCovered, { recipe: { bank: 0x0004, pcrs: [0, 4, 7], second: [4, 23] } })).toMatchObject({
    outcome: 'warn',
    because: { text: 'tpm.bank-sha1-some', params: { pcrs: '0, 7' } },
  })
  expect(await ask(pcrsCovered, { recipe: { bank: 0x0004, pcrs: [0, 4], second: [0, 4] } })).toMatchObject({
    outcome: 'pass',
  })
})
