import { expect, it } from 'vitest'
import { makeMaaToken } from '../attester.ts'
import { finding } from '../testing.ts'
import { levelClaimed } from './level-claimed.ts'

it.each([
  ['UpToDate', 'pass'],
  ['OutOfDate', 'warn'],
  ['Revoked', 'fail'],
])('%s: %s', async (word, outcome) => {
  expect(await finding(levelClaimed, await makeMaaToken({ attester_tcb_status: word }))).toMatchObject({
    outcome,
    found: word,
  })
})
it('of several levels says the worst', async () => {
  const inner = { 'x-ms-isolation-tee': { attester_tcb_status: 'Revoked' } }
  expect(await finding(levelClaimed, await makeMaaToken({ attester_tcb_status: 'UpToDate', ...inner }))).toMatchObject({
    outcome: 'fail',
    found: 'Revoked',
  })
})
