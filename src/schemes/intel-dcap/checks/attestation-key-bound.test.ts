import { expect, it } from 'vitest'
import { attackerKey } from '../demo-keys.ts'
import { findingOf } from '../testing.ts'
import { attestationKeyBound } from './attestation-key-bound.ts'

it('passes when the QE report carries the digest of key and authentication data', async () => {
  expect(await findingOf(attestationKeyBound)).toMatchObject({
    outcome: 'pass',
    covers: [{ by: 'hash' }, { by: 'hash' }],
  })
  expect(await findingOf(attestationKeyBound, { bend: { envelope: { qeAuthData: new Uint8Array() } } })).toMatchObject({
    outcome: 'pass',
  })
})
it('fails when the key was replaced, though it signed the quote itself', async () => {
  const digestOfOther = new Uint8Array(64).fill(9)
  expect(
    await findingOf(attestationKeyBound, {
      bend: { envelope: { attestationKey: attackerKey, signer: attackerKey, qeReportData: digestOfOther } },
    }),
  ).toMatchObject({ outcome: 'fail', because: { text: 'intel.qe-binding' } })
})
