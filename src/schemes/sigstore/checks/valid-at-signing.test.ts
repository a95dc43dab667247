import { expect, it } from 'vitest'
import { SIGNED_AT } from '../attester.ts'
import { context, finding } from '../testing.ts'
import { validAtSigning } from './valid-at-signing.ts'

it('passes long after the certificate ended, since it was valid when it signed', async () => {
  expect(await finding(validAtSigning, {}, { ...context, at: SIGNED_AT + 3 * 365 * 86_400_000 })).toMatchObject({
    outcome: 'pass',
  })
})
it('fails for a signed time outside the certificate’s minutes', async () => {
  expect(await finding(validAtSigning, { bend: { integratedTime: SIGNED_AT + 3_600_000 } })).toMatchObject({
    outcome: 'fail',
  })
})
it('leaves open what was signed after the instant asked for', async () => {
  expect(await finding(validAtSigning, {}, { ...context, at: SIGNED_AT - 1000 })).toMatchObject({
    outcome: 'not-checked',
    because: { text: 'sigstore.signed-later' },
  })
})
