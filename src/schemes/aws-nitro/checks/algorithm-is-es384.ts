import type { CheckDefinition } from '../../../core/scheme.ts'
import { isAlgorithmProtected, type Allowed } from '../../../envelope/cose-questions.ts'
import type { PreparedNitro } from '../prepare.ts'
import { SPEC, unreadable } from './shared.ts'

const ES384: Allowed = { kind: 'sign1', ids: ['-35'], expected: 'ES384' }

/** Does the protected header, and only it, name ES384? */
export const algorithmIsEs384: CheckDefinition<PreparedNitro> = {
  id: 'nitro.algorithm-is-es384',
  layer: 1,
  weight: 'decides',
  dependsOn: [],
  spec: SPEC('3.2.1'),
  run: ({ artifact, document: { message } }) =>
    message
      ? isAlgorithmProtected(artifact, 'protected', message, 'nitro.algorithm-is-es384.holds', ES384)
      : unreadable(),
}
