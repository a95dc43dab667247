import type { CheckDefinition } from '../../../core/scheme.ts'
import { COSE, isAlgorithmProtected } from '../../../envelope/cose-questions.ts'
import type { PreparedCwt } from '../prepare.ts'
import { unreadable } from './shared.ts'

/** Does the protected header, and only it, name the algorithm? */
export const algorithmIsProtected: CheckDefinition<PreparedCwt> = {
  id: 'eat.algorithm-is-protected',
  layer: 1,
  weight: 'decides',
  dependsOn: [],
  spec: COSE('3.1'),
  run: ({ artifact, cwt: { message } }) =>
    message ? isAlgorithmProtected(artifact, 'protected', message, 'eat.algorithm-is-protected.holds') : unreadable(),
}
