import { expect, it } from 'vitest'
import { findingOf } from '../testing.ts'
import { pckChainBegun } from './pck-chain-begun.ts'

it('passes from the first second, and is not checked before it', async () => {
  expect(await findingOf(pckChainBegun, {}, { at: '2026-01-10T00:00:00Z' })).toMatchObject({ outcome: 'pass' })
  expect(await findingOf(pckChainBegun, {}, { at: '2026-01-09T23:59:59Z' })).toMatchObject({
    outcome: 'not-checked',
    because: { text: 'cert.not-yet-valid' },
  })
})
