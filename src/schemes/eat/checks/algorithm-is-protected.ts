import { rangeOf } from '../../../core/place.ts'
import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedCwt } from '../prepare.ts'
import { cite, COSE, unreadable } from './shared.ts'

/** Does the protected header, and only it, name the algorithm? */
export const algorithmIsProtected: CheckDefinition<PreparedCwt> = {
  id: 'eat.algorithm-is-protected',
  layer: 1,
  weight: 'decides',
  dependsOn: [],
  spec: COSE('3.1'),
  run(prepared) {
    const { message } = prepared.cwt
    if (!message) return unreadable()
    const shown = {
      cites: cite(prepared, 'protected', message.algorithm?.range ?? rangeOf(message.protectedBytes)),
      found: message.algorithm?.name ?? '',
    }
    const fault = message.faults[0]
    return fault
      ? { outcome: 'fail', because: fault, ...shown }
      : { outcome: 'pass', because: say('eat.algorithm-is-protected.holds'), ...shown }
  },
}
