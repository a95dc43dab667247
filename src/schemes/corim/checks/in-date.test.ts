import { expect, it } from 'vitest'
import { SIGNED_AT } from '../attester.ts'
import { context, finding } from '../testing.ts'
import { inDate } from './in-date.ts'

it('passes between its dates', async () => {
  expect(await finding(inDate)).toMatchObject({ outcome: 'pass' })
})
it('is not checked before and after', async () => {
  const at = (days: number) => ({ ...context, at: SIGNED_AT + days * 86_400_000 })
  expect(await finding(inDate, {}, at(-1))).toMatchObject({ outcome: 'not-checked', code: 'not-yet-valid' })
  expect(await finding(inDate, {}, at(400))).toMatchObject({ outcome: 'not-checked', code: 'collateral-expired' })
})
