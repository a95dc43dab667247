import { expect, it } from 'vitest'
import { makeReport } from '../attester.ts'
import { ask } from '../testing.ts'
import { smtAsYouWish } from './smt-as-you-wish.ts'

it('is asked only when the reader forbids sharing a core', async () =>
  expect(await ask(smtAsYouWish, await makeReport())).toMatchObject({ outcome: 'not-applicable' }))
it('then passes or fails by bit 16', async () => {
  expect(
    await ask(smtAsYouWish, await makeReport({ policy: 0x20000n }), { policy: { forbid: ['smt'] } }),
  ).toMatchObject({ outcome: 'pass' })
  expect(await ask(smtAsYouWish, await makeReport(), { policy: { forbid: ['smt'] } })).toMatchObject({
    outcome: 'fail',
    because: { text: 'snp.smt-forbidden' },
  })
})
