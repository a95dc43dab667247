import { expect, it } from 'vitest'
import { TCB_SIGNING_SERIAL } from '../attester/pki.ts'
import { findingOf, preparedFrom } from '../testing.ts'
import { tcbSignerNotRevoked } from './tcb-signer-not-revoked.ts'

const listed = { rootCrl: { revoked: [{ serial: TCB_SIGNING_SERIAL, at: '2026-02-01T00:00:00Z' }] } }

it("passes when the root's list does not name it", async () => {
  expect(await findingOf(tcbSignerNotRevoked)).toMatchObject({ outcome: 'pass' })
})
it('fails when it is listed, and what it signed is refused', async () => {
  expect(await findingOf(tcbSignerNotRevoked, listed)).toMatchObject({
    outcome: 'fail',
    because: { text: 'collateral.signer-revoked' },
  })
  const { tcbInfo, vendor } = await preparedFrom(listed)
  expect(tcbInfo.deciding).toBeUndefined()
  expect(vendor).toMatchObject({ tcbStatus: null, error: 'SGX_TCB_SIGNING_CERT_REVOKED' })
})
it('is not checked without the list, or without anything signed', async () => {
  expect(await findingOf(tcbSignerNotRevoked, {}, { without: ['rootCrl'] })).toMatchObject({
    outcome: 'not-checked',
    because: { text: 'revocation.missing' },
  })
  expect(await findingOf(tcbSignerNotRevoked, {}, { without: ['tcbInfo', 'identity'] })).toMatchObject({
    outcome: 'not-checked',
  })
})
