import { expect, it } from 'vitest'
import { attackerKey } from '../demo-keys.ts'
import { findingOf } from '../testing.ts'
import { rootCrlAuthentic } from './root-crl-authentic.ts'

it('passes for the root’s own list, fails for a forged one, is not checked without', async () => {
  expect(await findingOf(rootCrlAuthentic)).toMatchObject({
    outcome: 'pass',
    proves: [{ from: 'root', to: 'root-crl', by: 'signature' }],
    covers: [{ by: 'collateral' }],
  })
  expect(await findingOf(rootCrlAuthentic, { bend: { listKey: attackerKey } })).toMatchObject({
    outcome: 'fail',
    because: { text: 'crl.signature' },
  })
  expect(await findingOf(rootCrlAuthentic, {}, { without: ['rootCrl'] })).toMatchObject({
    outcome: 'not-checked',
    because: { text: 'revocation.missing' },
  })
})
