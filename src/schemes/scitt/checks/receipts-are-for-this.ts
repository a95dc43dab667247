import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedStatement } from '../prepare.ts'
import { cite, RECEIPTS } from './shared.ts'

/** Is no receipt proved to be another statement's, or forged? A missing key proves neither. */
export const receiptsAreForThis: CheckDefinition<PreparedStatement> = {
  id: 'scitt.receipts-are-for-this',
  layer: 2,
  weight: 'decides',
  dependsOn: [],
  spec: RECEIPTS('2.2'),
  // Of receipts that cannot be followed nothing is said: a statement without any is none the worse.
  applies: ({ receipts }) => receipts.some(({ outcome }) => outcome !== 'unsupported'),
  run(prepared) {
    const wrong = prepared.receipts.find(
      ({ outcome }) => outcome === 'other' || outcome === 'signature' || outcome === 'form',
    )
    return wrong
      ? {
          outcome: 'fail',
          because: say(`scitt.receipt.${wrong.outcome}`, { ledger: wrong.receipt.ledger }),
          cites: cite(prepared, '[1].394', wrong.receipt.range),
        }
      : { outcome: 'pass', because: say('scitt.receipts-are-for-this.holds'), cites: [] }
  },
}
