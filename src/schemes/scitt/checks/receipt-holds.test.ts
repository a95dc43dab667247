import { expect, it } from 'vitest'
import { demoKeys } from '../demo-keys.ts'
import { finding, withLedger } from '../testing.ts'
import { receiptHolds } from './receipt-holds.ts'

it('passes under the ledger’s key, for tagged and untagged statements alike', async () => {
  expect(await finding(receiptHolds, { withReceipt: true }, await withLedger())).toMatchObject({ outcome: 'pass' })
  // The ledger registers the tagged form, however the file writes it.
  expect(await finding(receiptHolds, { withReceipt: true, isTagged: false }, await withLedger())).toMatchObject({
    outcome: 'pass',
  })
})
it('misses the key where it is not here', async () => {
  expect(await finding(receiptHolds, { withReceipt: true })).toMatchObject({
    outcome: 'not-checked',
    code: 'key-missing',
  })
})
it('fails under another key', async () => {
  expect(
    await finding(receiptHolds, { withReceipt: true, bend: { ledgerKey: demoKeys.other } }, await withLedger()),
  ).toMatchObject({ outcome: 'fail' })
})
