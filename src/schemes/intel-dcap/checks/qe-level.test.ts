import { expect, it } from 'vitest'
import { findingOf } from '../testing.ts'
import { qeLevel } from './qe-level.ts'

it('names the level of the quoting enclave', async () => {
  expect(await findingOf(qeLevel)).toMatchObject({ outcome: 'pass', found: '8', expected: '≥ 8' })
  expect(await findingOf(qeLevel, { qe: { isvSvn: 6 } })).toMatchObject({
    outcome: 'warn',
    found: '6',
    expected: '≥ 8',
    remedy: { text: 'tcb.remedy.qe' },
  })
  expect(await findingOf(qeLevel, { qe: { isvSvn: 1 } })).toMatchObject({ outcome: 'fail' })
})
it('is not checked without an identity', async () => {
  expect(await findingOf(qeLevel, {}, { without: ['identity'] })).toMatchObject({ outcome: 'not-checked' })
})
