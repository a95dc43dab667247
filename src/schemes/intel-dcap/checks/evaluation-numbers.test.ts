import { expect, it } from 'vitest'
import { demoLevels, makeCase } from '../attester.ts'
import { answerOf } from '../attester/collateral.ts'
import { findingOf, preparedFrom } from '../testing.ts'
import { evaluationNumbersCheck } from './evaluation-numbers.ts'

it('passes when both are of one edition', async () => {
  expect(await findingOf(evaluationNumbersCheck)).toMatchObject({ outcome: 'pass', found: '20 / 20' })
})
it('notes unequal editions, and reports the lower one as Intel does', async () => {
  expect(await findingOf(evaluationNumbersCheck, { identity: { evaluationNumber: 19 } })).toMatchObject({
    outcome: 'warn',
    because: { text: 'tcb.unequal-editions', params: { lower: 19 } },
  })
  expect((await preparedFrom({ identity: { evaluationNumber: 19 } })).vendor).toMatchObject({
    evaluationNumber: 19,
    tcbStatus: 'UpToDate',
  })
})
it('notes that a newer edition is known', async () => {
  const other = await makeCase({
    tcbInfo: {
      evaluationNumber: 18,
      issueDate: '2026-06-10T00:00:00Z',
      nextUpdate: '2026-07-10T00:00:00Z',
      levels: demoLevels('TDX')
        .slice(1)
        .map((level, i) => ({ ...level, status: i === 0 ? 'OutOfDate' : level.status, sgx: level.sgx.map(() => 0) }))
        .slice(0, 1),
    },
  })
  expect(
    await findingOf(
      evaluationNumbersCheck,
      {},
      { extra: [{ format: 'intel.tcb-info', bytes: new TextEncoder().encode(answerOf(other.tcbInfo)) }] },
    ),
  ).toMatchObject({ outcome: 'warn', because: { text: 'tcb.older-edition', params: { own: 18, newest: 20 } } })
})
it('is not checked without a TCB info', async () => {
  expect(await findingOf(evaluationNumbersCheck, {}, { without: ['tcbInfo'] })).toMatchObject({
    outcome: 'not-checked',
  })
})
