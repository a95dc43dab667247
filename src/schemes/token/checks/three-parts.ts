import { rangeOf } from '../../../core/place.ts'
import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedToken } from '../prepare.ts'
import { JWS } from './shared.ts'

/** Is it header, payload and signature in plain base64url, with two JSON objects inside? */
export const threeParts: CheckDefinition<PreparedToken> = {
  id: 'jwt.three-parts',
  layer: 1,
  weight: 'decides',
  dependsOn: [],
  spec: JWS('7.1'),
  run({ token, artifact }) {
    const [fault] = token.formFaults
    const cites = [{ artifact, path: '', ranges: [rangeOf(token.slice)] }]
    return fault
      ? { outcome: 'fail', because: fault, cites }
      : { outcome: 'pass', because: say('jwt.three-parts.holds'), cites }
  },
}
