import { expect, it } from 'vitest'
import { SIGNED_AT } from '../attester.ts'
import { context, finding, prepared, withLedger } from '../testing.ts'
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
it('hangs the statement on a key that somebody brought where only its ledger says that the certificates were in date', async () => {
  // As if the demonstration's roots were pinned.
  const pinned = { ...later, anchors: later.anchors.map((anchor) => ({ ...anchor, status: 'pinned' as const })) }
  const statusAt = async (at: number) =>
    (await prepared({ withReceipt: true }, await withLedger({ ...pinned, at }))).root.status
  expect(await statusAt(context.at)).toBe('pinned')
  expect(await statusAt(later.at)).toBe('added')
})
