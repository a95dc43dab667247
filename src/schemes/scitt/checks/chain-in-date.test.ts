import { expect, it } from 'vitest'
import { SIGNED_AT } from '../attester.ts'
import { context, finding, withLedger } from '../testing.ts'
import { chainInDate } from './chain-in-date.ts'

const later = { ...context, at: SIGNED_AT + 3 * 365 * 86_400_000 }

it('passes while the certificates are in date', async () => {
  expect(await finding(chainInDate)).toMatchObject({ outcome: 'pass' })
})
it('does not take the signer’s word for the time of signing', async () => {
  expect(await finding(chainInDate, {}, later)).toMatchObject({
    outcome: 'not-checked',
    because: { text: 'scitt.in-date-by-signer' },
  })
})
it('takes the ledger’s word where its receipt holds', async () => {
  expect(await finding(chainInDate, { withReceipt: true }, await withLedger(later))).toMatchObject({
    outcome: 'pass',
    because: { text: 'scitt.in-date-by-ledger' },
  })
})
