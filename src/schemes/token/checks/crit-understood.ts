import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import { member } from '../../../bytes/json.ts'
import type { PreparedToken } from '../prepare.ts'
import { citeHeader, JWS } from './shared.ts'

/** Does the header demand something that is not understood here? Nothing that it can demand is. */
export const critUnderstood: CheckDefinition<PreparedToken> = {
  id: 'jwt.crit-understood',
  layer: 1,
  weight: 'decides',
  dependsOn: [],
  spec: JWS('4.1.11'),
  applies: ({ token }) => token.header?.value !== undefined,
  run(prepared) {
    const value = prepared.token.header?.value
    const isDemanding = member(value, 'crit') !== undefined || member(value, 'b64') !== undefined
    const cites = citeHeader(prepared)
    return isDemanding
      ? { outcome: 'fail', because: say('jwt.crit-unknown'), cites }
      : { outcome: 'pass', because: say('jwt.crit-understood.holds'), cites }
  },
}
