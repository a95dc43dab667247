import { expect, it } from 'vitest'
import { findingOf } from '../testing.ts'
import { qeIdentityIssued } from './qe-identity-issued.ts'

it('passes from the first second, and is not checked before it', async () => {
  expect(await findingOf(qeIdentityIssued, {}, { at: '2026-06-01T00:00:00Z' })).toMatchObject({ outcome: 'pass' })
  expect(await findingOf(qeIdentityIssued, {}, { at: '2026-05-31T23:59:59Z' })).toMatchObject({
    outcome: 'not-checked',
    because: { text: 'collateral.future' },
  })
})
it('is not checked when nothing is there', async () => {
  expect(await findingOf(qeIdentityIssued, {}, { without: ['identity'] })).toMatchObject({ outcome: 'not-checked' })
})
