import { rangeOf } from '../../../core/place.ts'
import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedToken } from '../prepare.ts'
import { JWS } from './shared.ts'

/** Are the certificates valid at the time that is asked about? */
export const chainInDate: CheckDefinition<PreparedToken> = {
  id: 'jwt.chain-in-date',
  layer: 3,
  weight: 'decides',
  dependsOn: ['jwt.chain-to-root'],
  spec: JWS('4.1.6'),
  applies: ({ signature }) => signature.path !== undefined && signature.from !== 'file',
  run({ signature, artifact }) {
    const [outside] = signature.path?.outside ?? []
    const cites = (signature.path?.path ?? []).map((certificate, i) => ({
      artifact,
      path: `header.x5c[${i}]`,
      ranges: [rangeOf(certificate.slice)],
    }))
    return outside
      ? { outcome: 'not-checked', because: outside.because, cites }
      : { outcome: 'pass', because: say('jwt.chain-in-date.holds'), cites }
  },
}
