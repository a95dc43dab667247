import { expect, it } from 'vitest'
import { findingOf, preparedFrom } from '../testing.ts'
import { tcbInfoApplies } from './tcb-info-applies.ts'

it('passes on the TCB info of the platform', async () => {
  expect(await findingOf(tcbInfoApplies)).toMatchObject({
    outcome: 'pass',
    found: 'FMSPC d0e0f0000000, PCEID 0000, TDX',
  })
})
it('is not checked, with both ids, when FMSPC, PCEID or TEE differ', async () => {
  expect(await findingOf(tcbInfoApplies, { tcbInfo: { fmspc: '00aabbccdd00' } })).toMatchObject({
    outcome: 'not-checked',
    because: { text: 'intel.fmspc', params: { for: '00aabbccdd00', have: 'd0e0f0000000' } },
  })
  expect(await findingOf(tcbInfoApplies, { tcbInfo: { pceId: '0001' } })).toMatchObject({
    outcome: 'not-checked',
    because: { text: 'intel.pceid' },
  })
  expect(await findingOf(tcbInfoApplies, { tcbInfo: { tee: 'SGX' } })).toMatchObject({
    outcome: 'not-checked',
    because: { text: 'intel.tcbinfo-type' },
  })
})
it("leaves Intel's word open, with the name of Intel's error", async () => {
  expect((await preparedFrom({ tcbInfo: { fmspc: '00aabbccdd00' } })).vendor).toMatchObject({
    tcbStatus: null,
    error: 'TCB_INFO_MISMATCH',
  })
})
