import { expect, it } from 'vitest'
import { findingOf } from '../testing.ts'
import { tcbInfoNotExpired } from './tcb-info-not-expired.ts'

it('passes up to the last second, and is not checked after it', async () => {
  expect(await findingOf(tcbInfoNotExpired, {}, { at: '2026-07-01T00:00:00.999Z' })).toMatchObject({ outcome: 'pass' })
  expect(await findingOf(tcbInfoNotExpired, {}, { at: '2026-07-01T00:00:01Z' })).toMatchObject({
    outcome: 'not-checked',
    because: { text: 'collateral.expired' },
  })
})
it('is not checked when the signer has expired, or nothing is there', async () => {
  expect(
    await findingOf(
      tcbInfoNotExpired,
      { tcbInfo: { nextUpdate: '2040-01-01T00:00:00Z' } },
      { at: '2033-01-01T00:00:00Z' },
    ),
  ).toMatchObject({ outcome: 'not-checked', because: { text: 'cert.expired' } })
  expect(await findingOf(tcbInfoNotExpired, {}, { without: ['tcbInfo'] })).toMatchObject({ outcome: 'not-checked' })
})
