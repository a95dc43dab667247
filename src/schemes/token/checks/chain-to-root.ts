import { rangeOf } from '../../../core/place.ts'
import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedToken } from '../prepare.ts'
import { JWS } from './shared.ts'

/** Do the certificates lead from the key that signed to a root, each signed by the next? */
export const chainToRoot: CheckDefinition<PreparedToken> = {
  id: 'jwt.chain-to-root',
  layer: 3,
  weight: 'decides',
  dependsOn: ['jwt.signed-by-key'],
  spec: JWS('4.1.6'),
  applies: ({ signature }) => signature.path !== undefined && signature.from !== 'file',
  run({ signature, artifact }) {
    const path = signature.path
    const cites = (path?.path ?? []).map((certificate, i) => ({
      artifact,
      path: `header.x5c[${i}]`,
      ranges: [rangeOf(certificate.slice)],
    }))
    const [fault] = path?.faults ?? []
    const [unsupported] = path?.unsupported ?? []
    if (fault) return { outcome: 'fail', because: fault.because, cites }
    if (unsupported) return { outcome: 'unsupported', because: unsupported.because, cites }
    if (!path || path.rootStatus === 'none')
      return { outcome: 'not-checked', because: say('jwt.issuer-missing'), cites }
    const proves = path.path.slice(0, -1).map((_, i) => ({
      from: i + 2 >= path.path.length ? 'root' : `certificate${i + 1}`,
      to: `certificate${i}`,
      by: 'signature' as const,
    }))
    return { outcome: 'pass', because: say('jwt.chain-to-root.holds'), cites, proves }
  },
}
