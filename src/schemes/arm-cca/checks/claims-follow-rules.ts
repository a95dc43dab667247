import { rangeOf } from '../../../core/place.ts'
import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import { faultLines } from '../../../envelope/claim-rules.ts'
import type { PreparedCca } from '../prepare.ts'
import { cite, inPart, parts, RMM, unreadable } from './shared.ts'

/** Is every claim there, of the right type and size? */
export const claimsFollowRules: CheckDefinition<PreparedCca> = {
  id: 'cca.claims-follow-rules',
  layer: 1,
  weight: 'decides',
  dependsOn: [],
  spec: RMM('A7.2.3, A7.2.4'),
  run(prepared) {
    const all = parts(prepared).filter((part) => part.payload)
    if (all.length === 0) return unreadable()
    const broken = all.find((part) => part.faults.length > 0)
    const first = broken?.faults[0]
    if (broken?.payload && first)
      return {
        outcome: 'fail',
        because: first.because,
        cites: cite(prepared, inPart(broken, 'payload'), first.range ?? rangeOf(broken.payload.slice)),
        ...faultLines(broken.faults),
      }
    return {
      outcome: 'pass',
      because: say('cca.claims-follow-rules.holds'),
      cites: all.flatMap((part) =>
        cite(prepared, inPart(part, 'payload'), part.payload && rangeOf(part.payload.slice)),
      ),
    }
  },
}
