import { expect, it } from 'vitest'
import { makeReport } from '../attester.ts'
import { ask } from '../testing.ts'
import { askedForByGuest } from './asked-for-by-guest.ts'

it.each([0, 1, 2, 3])('passes at privilege level %i', async (vmpl) =>
  expect(await ask(askedForByGuest, await makeReport({ vmpl }))).toMatchObject({ outcome: 'pass' }),
)
it('fails when the host asked, or a level that does not exist', async () => {
  expect(await ask(askedForByGuest, await makeReport({ vmpl: 'host' }))).toMatchObject({
    outcome: 'fail',
    because: { text: 'snp.host-requested' },
  })
  expect(await ask(askedForByGuest, await makeReport({ vmpl: 4 }))).toMatchObject({
    outcome: 'fail',
    because: { text: 'snp.vmpl-range' },
  })
})
