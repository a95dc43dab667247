import { expect, it } from 'vitest'
import { findingOf } from '../testing.ts'
import { pckChainNotExpired } from './pck-chain-not-expired.ts'

it('passes up to the last second, and is not checked after it', async () => {
  expect(await findingOf(pckChainNotExpired, {}, { at: '2033-01-10T00:00:00Z' })).toMatchObject({ outcome: 'pass' })
  expect(await findingOf(pckChainNotExpired, {}, { at: '2033-01-10T00:00:01Z' })).toMatchObject({
    outcome: 'not-checked',
    because: { text: 'cert.expired' },
  })
})
