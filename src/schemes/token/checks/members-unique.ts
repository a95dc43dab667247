import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedToken } from '../prepare.ts'
import { JWT, unreadable } from './shared.ts'

/** Does every name stand once, at every depth? Readers differ on which of two counts. */
export const membersUnique: CheckDefinition<PreparedToken> = {
  id: 'jwt.members-unique',
  layer: 1,
  weight: 'decides',
  dependsOn: [],
  spec: JWT('4'),
  run({ token, artifact }) {
    if (!token.header || !token.payload) return unreadable()
    const [twice] = [...token.header.problems, ...token.payload.problems]
    return twice
      ? { outcome: 'fail', because: twice.because, cites: [{ artifact, path: '', ranges: [twice.range] }] }
      : { outcome: 'pass', because: say('jwt.members-unique.holds'), cites: [] }
  },
}
