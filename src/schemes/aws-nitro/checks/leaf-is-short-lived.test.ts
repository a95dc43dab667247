import { expect, it } from 'vitest'
import { context, prepared } from '../testing.ts'
import { leafIsShortLived } from './leaf-is-short-lived.ts'

it('passes for a leaf of three hours', async () => {
  expect(await leafIsShortLived.run(await prepared(), context)).toMatchObject({ outcome: 'pass', found: '3 h' })
})
it('warns of a leaf of a month', async () => {
  expect(await leafIsShortLived.run(await prepared({ leafHours: 720 }), context)).toMatchObject({
    outcome: 'warn',
    because: { text: 'nitro.long-lived' },
  })
})
