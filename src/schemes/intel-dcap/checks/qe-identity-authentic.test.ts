import { expect, it } from 'vitest'
import { attackerKey } from '../demo-keys.ts'
import { makeCase } from '../attester.ts'
import { answerOf } from '../attester/collateral.ts'
import { findingOf } from '../testing.ts'
import { qeIdentityAuthentic } from './qe-identity-authentic.ts'

it('passes on an identity signed over exactly its bytes', async () => {
  expect(await findingOf(qeIdentityAuthentic)).toMatchObject({
    outcome: 'pass',
    proves: [{ to: 'tcb-signing' }, { to: 'qe-identity' }],
  })
})
it('refuses a forged one', async () => {
  expect(await findingOf(qeIdentityAuthentic, { bend: { collateralKey: attackerKey } })).toMatchObject({
    outcome: 'fail',
    because: { text: 'intel.qe-identity-signature' },
  })
  const made = await makeCase()
  const forged = { ...made.identity, text: made.identity.text.replace(/"mrsigner":"../, '"mrsigner":"00') }
  expect(
    await findingOf(qeIdentityAuthentic, {}, { replace: { identity: new TextEncoder().encode(answerOf(forged)) } }),
  ).toMatchObject({ outcome: 'fail', because: { text: 'intel.qe-identity-signature' } })
})
it("is not checked when it is missing or another enclave's", async () => {
  expect(await findingOf(qeIdentityAuthentic, {}, { without: ['identity'] })).toMatchObject({
    outcome: 'not-checked',
    because: { text: 'intel.qe-identity-missing', params: { id: 'TD_QE' } },
  })
  expect(await findingOf(qeIdentityAuthentic, { identity: { id: 'QE' } })).toMatchObject({
    outcome: 'not-checked',
    because: { text: 'intel.qe-identity-id' },
  })
})
