import { rangeOf } from '../../../core/place.ts'
import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import { faultLines } from '../../../envelope/claim-rules.ts'
import type { PreparedNitro } from '../prepare.ts'
import { cite, SPEC, unreadable } from './shared.ts'

/** Is every member there, of the right type and size? */
export const fieldsFollowRules: CheckDefinition<PreparedNitro> = {
  id: 'nitro.fields-follow-rules',
  layer: 1,
  weight: 'decides',
  dependsOn: [],
  spec: SPEC('3.2.2.2'),
  run(prepared) {
    const { payload, faults } = prepared.document
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
          because: say('nitro.fields-follow-rules.holds'),
          cites: cite(prepared, 'payload', rangeOf(payload.slice)),
        }
  },
}
