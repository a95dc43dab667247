import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedCorim } from '../prepare.ts'
import { cite, CORIM } from './shared.ts'

/** Does the chain of the carried certificate hold, and is it in date? */
export const chainHolds: CheckDefinition<PreparedCorim> = {
  id: 'corim.chain-holds',
  layer: 3,
  weight: 'decides',
  dependsOn: [],
  spec: CORIM('4.2.1'),
  applies: ({ path }) => path !== undefined,
  run(prepared) {
    const { path } = prepared
    const [fault] = path?.faults ?? []
    if (fault)
      return { outcome: 'fail', because: fault.because, cites: cite(prepared, 'protected.x5chain', fault.range) }
    const [open] = [...(path?.unsupported ?? []), ...(path?.outside ?? [])]
    if (open)
      return { outcome: 'not-checked', because: open.because, cites: cite(prepared, 'protected.x5chain', open.range) }
    return path?.rootStatus === 'none'
      ? {
          outcome: 'not-checked',
          because: say('corim.issuer-missing', { issuer: path.missingIssuer?.text ?? '' }),
          cites: [],
        }
      : { outcome: 'pass', because: say('corim.chain-holds.holds'), cites: [] }
  },
}
