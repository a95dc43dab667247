import { expect, it } from 'vitest'
import { findingOf } from '../testing.ts'
import { qeVendor } from './qe-vendor.ts'

it("passes on Intel's id", async () => {
  expect(await findingOf(qeVendor)).toMatchObject({ outcome: 'pass' })
})
it('fails on another, although everything is signed', async () => {
  expect(await findingOf(qeVendor, { bend: { envelope: { vendorId: new Uint8Array(16).fill(7) } } })).toMatchObject({
    outcome: 'fail',
    because: { text: 'intel.qe-vendor.fails' },
  })
})
