import { expect, it } from 'vitest'
import { findingOf } from '../testing.ts'
import { notDebug } from './not-debug.ts'

it('passes when debug mode is off', async () => {
  expect(await findingOf(notDebug)).toMatchObject({ outcome: 'pass' })
  expect(await findingOf(notDebug, { version: 3 })).toMatchObject({ outcome: 'pass' })
})
it('fails for a TD and for an enclave in debug mode, although the signature holds', async () => {
  expect(await findingOf(notDebug, { td: { tdAttributes: 1n } })).toMatchObject({
    outcome: 'fail',
    because: { text: 'intel.debug' },
  })
  expect(await findingOf(notDebug, { version: 3, enclave: { attributes: 0x7n } })).toMatchObject({
    outcome: 'fail',
    because: { text: 'intel.debug' },
  })
})
it('fails on the other bits of the same byte', async () => {
  expect(await findingOf(notDebug, { td: { tdAttributes: 0x20n } })).toMatchObject({
    outcome: 'fail',
    because: { text: 'tdx.under-debug' },
    found: '0x20',
  })
})
