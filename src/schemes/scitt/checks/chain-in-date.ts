import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import { isoOf } from '../../../bytes/der-node.ts'
import type { PreparedStatement } from '../prepare.ts'
import { cite, X509 } from './shared.ts'

/** Were the certificates in date when the statement was signed, by somebody else's clock than the signer's? */
export const chainInDate: CheckDefinition<PreparedStatement> = {
  id: 'scitt.chain-in-date',
  layer: 3,
  weight: 'decides',
  dependsOn: [],
  spec: X509('2'),
  applies: ({ path }) => path !== undefined,
  run(prepared) {
    const { inDate, path } = prepared
    const [outside] = path?.outside ?? []
    const cites = outside ? cite(prepared, '[0].33', outside.range) : []
    switch (inDate?.by) {
      case 'now':
        return { outcome: 'pass', because: say('scitt.chain-in-date.holds'), cites }
      case 'ledger':
        return { outcome: 'pass', because: say('scitt.in-date-by-ledger', { at: isoOf(inDate.at) }), cites }
      case 'signer':
        return {
          outcome: 'not-checked',
          because: say('scitt.in-date-by-signer', { at: isoOf(inDate.at) }),
          code: 'expired',
          cites,
          remedy: say('scitt.in-date-by-signer.todo', { at: isoOf(inDate.at) }),
        }
      case undefined:
        return { outcome: 'not-checked', because: outside?.because ?? say('scitt.no-certificate'), cites }
    }
  },
}
