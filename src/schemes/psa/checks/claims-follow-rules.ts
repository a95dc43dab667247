import { rangeOf } from '../../../core/place.ts'
import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import { faultLines } from '../../../envelope/claim-rules.ts'
import type { PreparedPsa } from '../prepare.ts'
import { cite, RFC9783, unreadable } from './shared.ts'

/** Is every claim there, of the right type and size? */
export const claimsFollowRules: CheckDefinition<PreparedPsa> = {
  id: 'psa.claims-follow-rules',
  layer: 1,
  weight: 'decides',
  dependsOn: [],
  spec: RFC9783('4'),
  run(prepared) {
    const { payload, faults } = prepared.token
    if (!payload) return unreadable()
    const first = faults[0]
    return first
      ? {
          outcome: 'fail',
          because: first.because,
          cites: cite(prepared, 'payload', first.range ?? rangeOf(payload.slice)),
          ...faultLines(faults),
        }
      : {
          outcome: 'pass',
          because: say('psa.claims-follow-rules.holds'),
          cites: cite(prepared, 'payload', rangeOf(payload.slice)),
        }
  },
}
