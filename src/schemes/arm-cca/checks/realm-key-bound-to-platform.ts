import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import { boundDigest, type PreparedCca } from '../prepare.ts'
import { cite, RMM } from './shared.ts'

/**
 * Is the digest of the realm's key what the platform was challenged with, or names in the claim that its profile has for it? Both signatures hold for two tokens of two machines put together; only this tells.
 * It stands with the endorsements: the platform's token is what vouches for the realm's key.
 */
export const realmKeyBoundToPlatform: CheckDefinition<PreparedCca> = {
  id: 'cca.realm-key-bound-to-platform',
  layer: 3,
  weight: 'decides',
  dependsOn: [],
  spec: RMM('A7.2.2'),
  applies: ({ token }) => token.kind !== 'platform' && token.kind !== 'virt',
  run(prepared) {
    const { token, binding, artifact } = prepared
    const challenge = boundDigest(token)
    const cites = [
      ...(token.realmKey ? [{ artifact, path: token.realmKey.path, ranges: token.realmKey.ranges }] : []),
      ...(challenge ? cite(prepared, challenge.path, ...challenge.ranges) : []),
    ]
    const proves = [{ from: 'platform', to: 'rak', by: 'hash' as const }]
    switch (binding.state) {
      case 'missing':
        return {
          outcome: 'not-checked',
          because: say(token.platform ? 'cca.unreadable' : 'cca.platform-missing'),
          cites,
        }
      case 'unknown-profile':
        return { outcome: 'unsupported', because: say('cca.profile-unknown', { name: binding.name }), cites, proves }
      case 'unknown-hash':
        return { outcome: 'unsupported', because: say('cca.hash-unknown', { name: binding.name }), cites, proves }
      case 'compared': {
        const shown = { found: binding.found, expected: binding.expected }
        return binding.isSame
          ? {
              outcome: 'pass',
              because: say('cca.realm-key-bound-to-platform.holds', { hash: binding.hash }),
              cites,
              proves,
              covers: (token.realmKey?.ranges ?? []).map((range) => ({ artifact, range, by: 'hash' as const })),
              ...shown,
            }
          : { outcome: 'fail', because: say('cca.binding', { hash: binding.hash }), cites, proves, ...shown }
      }
    }
  },
}
