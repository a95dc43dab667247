import { expect, it } from 'vitest'
import { findingOf } from '../testing.ts'
import { notMigratable } from './not-migratable.ts'

it('passes on a TD that stays, warns on one that can move, and does not arise for enclaves', async () => {
  expect(await findingOf(notMigratable)).toMatchObject({ outcome: 'pass' })
  expect(await findingOf(notMigratable, { td: { tdAttributes: (1n << 29n) | (1n << 28n) } })).toMatchObject({
    outcome: 'warn',
    because: { text: 'tdx.migratable' },
  })
  expect(await findingOf(notMigratable, { version: 3 })).toMatchObject({ outcome: 'not-applicable' })
})
