import { expect, it } from 'vitest'
import { findingOf } from '../testing.ts'
import { smtOff } from './smt-off.ts'

it('passes when SMT is off, notes when it is on, and does not arise where the certificate does not say', async () => {
  expect(await findingOf(smtOff)).toMatchObject({ outcome: 'pass' })
  expect(await findingOf(smtOff, { platform: { smtEnabled: true } })).toMatchObject({
    outcome: 'warn',
    because: { text: 'intel.smt-on' },
  })
  expect(await findingOf(smtOff, { version: 3 })).toMatchObject({ outcome: 'not-applicable' })
})
