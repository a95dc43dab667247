import { expect, it } from 'vitest'
import { findingOf } from '../testing.ts'
import { septVeDisabled } from './sept-ve-disabled.ts'

it('passes when the bit is set, notes when it is not, and does not arise for enclaves', async () => {
  expect(await findingOf(septVeDisabled)).toMatchObject({ outcome: 'pass' })
  expect(await findingOf(septVeDisabled, { td: { tdAttributes: 0n } })).toMatchObject({
    outcome: 'warn',
    because: { text: 'tdx.sept-ve-enabled' },
  })
  expect(await findingOf(septVeDisabled, { version: 3 })).toMatchObject({ outcome: 'not-applicable' })
})
it('never moves an answer', () => expect(septVeDisabled.weight).toBe('notes'))
