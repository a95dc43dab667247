import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedStatement } from '../prepare.ts'
import { cite, RECEIPTS } from './shared.ts'

/** Does a ledger's service vouch, by a key that is here, that it registered exactly this statement? */
export const receiptHolds: CheckDefinition<PreparedStatement> = {
  id: 'scitt.receipt-holds',
  layer: 2,
  weight: 'notes',
  dependsOn: ['scitt.receipts-are-for-this'],
  spec: RECEIPTS('2.3'),
  applies: ({ receipts }) => receipts.length > 0,
  run(prepared) {
    const { receipts } = prepared
    const cites = receipts.flatMap(({ receipt }) => cite(prepared, '[1].394', receipt.range))
    const good = receipts.find(({ outcome }) => outcome === 'holds')
    if (good)
      return {
        outcome: 'pass',
        because: say('scitt.receipt-holds.holds', {
          ledger: good.receipt.ledger,
          transaction: good.receipt.transaction,
        }),
        cites,
        found: good.key?.sha256 ?? '',
        covers: cites.flatMap(({ artifact, ranges }) =>
          ranges.map((range) => ({ artifact, range, by: 'endorsement' as const })),
        ),
      }
    const [first] = receipts
    if (first?.outcome === 'no-key')
      return {
        outcome: 'not-checked',
        because: say('scitt.receipt.no-key', { ledger: first.receipt.ledger, key: first.receipt.keyId.slice(0, 64) }),
        code: 'key-missing',
        cites,
        remedy: say('scitt.receipt.no-key.todo', { ledger: first.receipt.ledger }),
      }
    return first?.outcome === 'unsupported'
      ? { outcome: 'unsupported', because: say('scitt.receipt.unsupported'), cites }
      : {
          outcome: 'fail',
          because: say(`scitt.receipt.${first?.outcome ?? 'form'}`, { ledger: first?.receipt.ledger ?? '' }),
          cites,
        }
  },
}
