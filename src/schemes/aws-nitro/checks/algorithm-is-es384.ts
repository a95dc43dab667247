import { rangeOf } from '../../../core/place.ts'
import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedNitro } from '../prepare.ts'
import { cite, SPEC, unreadable } from './shared.ts'

/** Does the protected header, and only it, name ES384? */
export const algorithmIsEs384: CheckDefinition<PreparedNitro> = {
  id: 'nitro.algorithm-is-es384',
  layer: 1,
  weight: 'decides',
  dependsOn: [],
  spec: SPEC('3.2.1'),
  run(prepared) {
    const { message } = prepared.document
    if (!message) return unreadable()
    const { algorithm, faults, protectedBytes } = message
    const cites = cite(prepared, 'protected', algorithm?.range ?? rangeOf(protectedBytes))
    const found = algorithm?.name ?? ''
    const fault = faults[0]
    if (fault) return { outcome: 'fail', because: fault, cites, found, expected: 'ES384' }
    if (message.kind !== 'sign1' || algorithm?.id !== '-35')
      return {
        outcome: 'fail',
        because: say('cose.alg', { found, expected: 'ES384' }),
        cites,
        found,
        expected: 'ES384',
      }
    return { outcome: 'pass', because: say('nitro.algorithm-is-es384.holds'), cites, found, expected: 'ES384' }
  },
}
