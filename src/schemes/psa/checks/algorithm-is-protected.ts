import { rangeOf } from '../../../core/place.ts'
import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedPsa } from '../prepare.ts'
import { cite, RFC9783, unreadable } from './shared.ts'

// RFC 9783 section 5.2: ES256, ES384, ES512, or HMAC 256/256, 384/384, 512/512.
const SIGNATURES = ['-7', '-35', '-36']
const MACS = ['5', '6', '7']

/** Does the protected header, and only it, name an algorithm of the profile? */
export const algorithmIsProtected: CheckDefinition<PreparedPsa> = {
  id: 'psa.algorithm-is-protected',
  layer: 1,
  weight: 'decides',
  dependsOn: [],
  spec: RFC9783('5.2'),
  run(prepared) {
    const { message } = prepared.token
    if (!message) return unreadable()
    const { algorithm, faults, protectedBytes, kind } = message
    const allowed = kind === 'mac0' ? MACS : SIGNATURES
    const expected = kind === 'mac0' ? 'HMAC 256/256, 384/384, 512/512' : 'ES256, ES384, ES512'
    const found = algorithm?.name ?? ''
    const shown = { cites: cite(prepared, 'protected', algorithm?.range ?? rangeOf(protectedBytes)), found, expected }
    const fault = faults[0]
    if (fault) return { outcome: 'fail', because: fault, ...shown }
    if (!allowed.includes(algorithm?.id ?? ''))
      return { outcome: 'fail', because: say('cose.alg', { found, expected }), ...shown }
    return { outcome: 'pass', because: say('psa.algorithm-is-protected.holds'), ...shown }
  },
}
