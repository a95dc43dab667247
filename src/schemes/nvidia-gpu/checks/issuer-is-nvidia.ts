import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedReply } from '../token-appraiser.ts'
import { claimText, isLocal } from '../token.ts'
import { citeTokens, NRAS } from './shared-token.ts'

const ISSUER = 'https://nras.attestation.nvidia.com'
const STAGING = 'https://nras.attestation-stg.nvidia.com'

/** Does every token name the service itself, letter by letter? */
export const issuerIsNvidia: CheckDefinition<PreparedReply> = {
  id: 'nvidia.token-issuer-is-service',
  layer: 3,
  weight: 'decides',
  dependsOn: [],
  spec: NRAS('iss'),
  run(prepared) {
    if (isLocal(prepared.reply)) return { outcome: 'not-checked', because: say('nvidia.token-local'), cites: [] }
    const odd = prepared.tokens.find(({ token }) => claimText(token.claims, 'iss') !== ISSUER)?.token
    if (!odd) return { outcome: 'pass', because: say('nvidia.token-issuer-is-service.holds'), cites: [], found: ISSUER }
    const found = claimText(odd.claims, 'iss').slice(0, 120)
    // A test service of the vendor's signs honestly under keys that are nobody's reference: that is open, not proved wrong.
    return {
      outcome: found === STAGING ? 'not-checked' : 'fail',
      because: say(found === STAGING ? 'nvidia.token-staging' : 'nvidia.token-issuer-is-service.fails', { found }),
      cites: citeTokens(prepared, [odd]),
      found,
      expected: ISSUER,
    }
  },
}
