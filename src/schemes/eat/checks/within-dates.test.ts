import { expect, it } from 'vitest'
import { ISSUED_AT } from '../attester.ts'
import { context, prepared } from '../testing.ts'
import { withinDates } from './within-dates.ts'

it('passes within the dates', async () => {
  expect(await withinDates.run(await prepared(), context)).toMatchObject({ outcome: 'pass' })
})
it('is not checked, and never failed, before and after', async () => {
  expect(await withinDates.run(await prepared(), { ...context, at: ISSUED_AT - 1 })).toMatchObject({
    outcome: 'not-checked',
    because: { text: 'eat.not-yet-valid' },
  })
  expect(await withinDates.run(await prepared(), { ...context, at: ISSUED_AT + 3_600_000 })).toMatchObject({
    outcome: 'not-checked',
    because: { text: 'eat.expired' },
  })
})
