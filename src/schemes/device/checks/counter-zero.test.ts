import { expect, it } from 'vitest'
import { appAttest, context, packed } from '../testing.ts'
import { firstUse } from './counter-zero.ts'

it('passes at zero and fails above', async () => {
  expect(await firstUse.run(await appAttest(), context)).toMatchObject({ outcome: 'pass' })
  expect(await firstUse.run(await appAttest({ counter: 3 }), context)).toMatchObject({
    outcome: 'fail',
    because: { params: { count: 3 } },
  })
  expect(firstUse.applies?.(await packed())).toBe(false)
})
