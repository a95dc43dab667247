import { rangeOf } from '../../../core/place.ts'
import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedReply } from '../token-appraiser.ts'
import { isLocal } from '../token.ts'
import { citeTokens, NRAS } from './shared-token.ts'

/** Did the service's key sign every token? */
export const tokensSigned: CheckDefinition<PreparedReply> = {
  id: 'nvidia.tokens-signed',
  layer: 2,
  weight: 'decides',
  dependsOn: [],
  spec: NRAS('JWT'),
  run(prepared) {
    const { tokens, artifact, reply } = prepared
    if (!reply.overall) return { outcome: 'fail', because: say('nvidia.token-unreadable'), cites: [] }
    if (isLocal(reply))
      return {
        outcome: 'not-checked',
        because: say('nvidia.token-local'),
        cites: citeTokens(prepared, [reply.overall]),
      }
    const odd = tokens.find(({ token }) => token.algorithm !== 'ES384')
    if (odd)
      return {
        outcome: 'fail',
        because: say('jose.alg-refused', { name: odd.token.algorithm.slice(0, 32) }),
        cites: citeTokens(prepared, [odd.token]),
        found: odd.token.algorithm,
        expected: 'ES384',
      }
    const bad = tokens.find(({ signature }) => signature && signature.result !== 'valid')
    if (bad?.signature)
      return {
        outcome: bad.signature.result === 'invalid' ? 'fail' : 'unsupported',
        because: bad.signature.because,
        cites: citeTokens(prepared, [bad.token]),
      }
    const open = tokens.find(({ signature }) => !signature)
    if (open)
      return {
        outcome: 'not-checked',
        because: say('nvidia.token-key-missing', { kid: open.token.kid }),
        cites: citeTokens(prepared, [open.token]),
        remedy: say('nvidia.get-jwks'),
      }
    return {
      outcome: 'pass',
      because: say('nvidia.tokens-signed.holds', { count: tokens.length }),
      cites: citeTokens(
        prepared,
        tokens.map(({ token }) => token),
      ),
      covers: tokens.map(({ token }) => ({ artifact, range: rangeOf(token.text), by: 'endorsement' as const })),
    }
  },
}
