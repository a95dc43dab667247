import { expect, it } from 'vitest'
import { context, virtPrepared } from '../testing.ts'
import { makeAik } from '../virt-attester.ts'
import { aikInDate as check } from './aik-in-date.ts'

it('holds', async () => {
  expect(await check.run(await virtPrepared([await makeAik()]), context)).toMatchObject({ outcome: 'pass' })
})
it('before and after', async () => {
  const at = (instant: string) => ({ at: instant })
  expect(await check.run(await virtPrepared([await makeAik()], at('2024-06-01T00:00:00Z')), context)).toMatchObject({
    outcome: 'not-checked',
    because: { code: 'not-yet-valid' },
  })
  expect(await check.run(await virtPrepared([await makeAik()], at('2056-06-01T00:00:00Z')), context)).toMatchObject({
    outcome: 'not-checked',
    because: { code: 'expired' },
  })
})
it('is not asked without such a certificate', async () => {
  expect(check.applies?.(await virtPrepared([]))).toBe(false)
  expect(await check.run(await virtPrepared([]), context)).toMatchObject({ outcome: 'not-checked' })
})
