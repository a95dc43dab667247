import { expect, it } from 'vitest'
import { findingOf } from '../testing.ts'
import { qeDataTailZero } from './qe-data-tail-zero.ts'

it('passes when only the digest is there', async () => {
  expect(await findingOf(qeDataTailZero)).toMatchObject({ outcome: 'pass' })
})
it('warns when something stands behind it', async () => {
  expect(
    await findingOf(qeDataTailZero, { bend: { envelope: { qeReportData: new Uint8Array(64).fill(1) } } }),
  ).toMatchObject({ outcome: 'warn' })
})
