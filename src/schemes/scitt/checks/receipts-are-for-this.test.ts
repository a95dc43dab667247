import { expect, it } from 'vitest'
import { demoKeys } from '../demo-keys.ts'
import { finding, withLedger } from '../testing.ts'
import { receiptsAreForThis } from './receipts-are-for-this.ts'

it('does not arise without receipts, and passes without the key', async () => {
  expect(await finding(receiptsAreForThis)).toBe('not-applicable')
  expect(await finding(receiptsAreForThis, { withReceipt: true })).toMatchObject({ outcome: 'pass' })
})
it('fails for another statement’s receipt, key or no key', async () => {
  expect(
    await finding(receiptsAreForThis, { withReceipt: true, bend: { receiptOver: new Uint8Array(9) } }),
  ).toMatchObject({ outcome: 'fail', because: { text: 'scitt.receipt.other' } })
})
it('fails where the ledger’s key did not sign the root', async () => {
  expect(
    await finding(receiptsAreForThis, { withReceipt: true, bend: { ledgerKey: demoKeys.other } }, await withLedger()),
  ).toMatchObject({ outcome: 'fail', because: { text: 'scitt.receipt.signature' } })
})
