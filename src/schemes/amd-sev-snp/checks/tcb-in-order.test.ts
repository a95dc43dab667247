import { expect, it } from 'vitest'
import { GOOD_TCB, makeReport } from '../attester.ts'
import { ask } from '../testing.ts'
import { tcbInOrder } from './tcb-in-order.ts'

const up = (snp: number) => ({ ...GOOD_TCB.Milan, snp })
it('passes when all four agree', async () =>
  expect(await ask(tcbInOrder, await makeReport())).toMatchObject({ outcome: 'pass' }))
it('notes with numbers what is out of order', async () => {
  expect(await ask(tcbInOrder, await makeReport({ committedTcb: up(3) }))).toMatchObject({
    outcome: 'warn',
    because: { text: 'snp.tcb-order', params: { names: 'SNP: REPORTED 29 > COMMITTED 3' } },
  })
  expect(await ask(tcbInOrder, await makeReport({ committedTcb: up(40) }))).toMatchObject({
    outcome: 'warn',
    because: { text: 'snp.tcb-order' },
  })
  expect(await ask(tcbInOrder, await makeReport({ launchTcb: up(40) }))).toMatchObject({
    outcome: 'warn',
    because: { text: 'snp.tcb-order' },
  })
})
it('notes firmware that is not committed', async () =>
  expect(await ask(tcbInOrder, await makeReport({ currentTcb: up(40) }))).toMatchObject({
    outcome: 'warn',
    because: { text: 'snp.tcb-provisional' },
  }))
it('is a note: it never decides', () => expect(tcbInOrder.weight).toBe('notes'))
