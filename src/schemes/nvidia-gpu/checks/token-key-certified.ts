import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedReply } from '../token-appraiser.ts'
import { NRAS } from './shared-token.ts'

/** Does a pinned intermediate of the service vouch for the key, at the time at which it signed? */
export const tokenKeyCertified: CheckDefinition<PreparedReply> = {
  id: 'nvidia.token-key-certified',
  layer: 3,
  weight: 'decides',
  dependsOn: [],
  spec: NRAS('jwks.json'),
  run({ path }) {
    if (!path)
      return { outcome: 'not-checked', because: say('nvidia.no-jwks'), cites: [], remedy: say('nvidia.get-jwks') }
    const fault = path.faults[0]
    if (fault) return { outcome: 'fail', because: fault.because, cites: [] }
    const limit = path.unsupported[0] ?? path.outside[0]
    if (limit) return { outcome: 'not-checked', because: limit.because, cites: [] }
    if (path.missingIssuer)
      return {
        outcome: 'not-checked',
        because: say('nvidia.issuer-missing', { issuer: path.missingIssuer.text }),
        cites: [],
      }
    return { outcome: 'pass', because: say('nvidia.token-key-certified.holds'), cites: [] }
  },
}
