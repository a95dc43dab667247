import { rangeOf } from '../../../core/place.ts'
import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import { coseByHand } from '../../../crypto/cose.ts'
import type { PreparedCca } from '../prepare.ts'
import { cite, coverage, DRAFT, inPart, unreadable } from './shared.ts'

/** Did the platform's attestation key (CPAK) sign the platform's token? The token carries no certificate: the key must be given. */
export const platformSigned: CheckDefinition<PreparedCca> = {
  id: 'cca.platform-signed',
  layer: 2,
  weight: 'decides',
  dependsOn: [],
  spec: DRAFT('5'),
  // virtCCA's older machines have no platform's token; a certificate of the device stands in its place.
  applies: ({ token }) => token.kind !== 'virt',
  run(prepared) {
    const { token, platformSignature, artifact } = prepared
    const { platform } = token
    if (!platform?.message || !platformSignature)
      return {
        outcome: 'not-checked',
        because: say(token.kind === 'realm' ? 'cca.platform-missing' : 'cca.unreadable'),
        cites: [],
      }
    const cites = cite(prepared, inPart(platform, 'signature'), rangeOf(platform.message.signature))
    const proves = [{ from: 'root', to: 'platform', by: 'signature' as const }]
    const uses = platformSignature.key?.source ? [platformSignature.key.source.item.artifact] : []
    const hand = platformSignature.key && coseByHand(platform.message, platformSignature.key.spki, artifact)
    switch (platformSignature.state) {
      case 'none':
        return platform.message.payload
          ? { outcome: 'not-checked', because: say('cca.key-unknown'), cites, remedy: say('cca.give-key') }
          : unreadable()
      case 'valid':
        return {
          outcome: 'pass',
          because: say('cca.platform-signed.holds'),
          cites,
          ...(hand ? { hand } : {}),
          proves,
          uses,
          covers: coverage(artifact, platform),
        }
      case 'other-key':
        return { outcome: 'not-checked', because: platformSignature.because, cites, remedy: say('cca.give-key') }
      case 'invalid':
        return { outcome: 'fail', because: platformSignature.because, cites, proves, uses, ...(hand ? { hand } : {}) }
      case 'unsupported':
        return { outcome: 'unsupported', because: platformSignature.because, cites, proves, uses }
    }
  },
}
