import type { CheckDefinition } from '../../../core/scheme.ts'
import { isAlgorithmProtected, type Allowed } from '../../../envelope/cose-questions.ts'
import type { PreparedPsa } from '../prepare.ts'
import { RFC9783, unreadable } from './shared.ts'

// RFC 9783 section 5.2: ES256, ES384, ES512, or HMAC 256/256, 384/384, 512/512.
const SIGNATURES: Allowed = { ids: ['-7', '-35', '-36'], expected: 'ES256, ES384, ES512' }
const MACS: Allowed = { ids: ['5', '6', '7'], expected: 'HMAC 256/256, 384/384, 512/512' }

/** Does the protected header, and only it, name an algorithm of the profile? */
export const algorithmIsProtected: CheckDefinition<PreparedPsa> = {
  id: 'psa.algorithm-is-protected',
  layer: 1,
  weight: 'decides',
  dependsOn: [],
  spec: RFC9783('5.2'),
  run({ artifact, token: { message } }) {
    if (!message) return unreadable()
    const allowed = message.kind === 'mac0' ? MACS : SIGNATURES
    return isAlgorithmProtected(artifact, 'protected', message, 'psa.algorithm-is-protected.holds', allowed)
  },
}
