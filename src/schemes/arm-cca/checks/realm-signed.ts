import { rangeOf } from '../../../core/place.ts'
import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import { coseByHand } from '../../../crypto/cose.ts'
import type { PreparedCca } from '../prepare.ts'
import { cite, coverage, inPart, RMM, unreadable } from './shared.ts'

/** Did the realm's attestation key (RAK) sign the realm's token? The key stands inside the very token, so alone this proves nothing; the binding gives it weight. */
export const realmSigned: CheckDefinition<PreparedCca> = {
  id: 'cca.realm-signed',
  layer: 2,
  weight: 'decides',
  dependsOn: [],
  spec: RMM('A7.2.4'),
  applies: ({ token }) => token.kind !== 'platform',
  run(prepared) {
    const { token, realmSignature, artifact } = prepared
    const { realm, realmKey } = token
    if (!realm?.message) return unreadable()
    const cites = [
      ...cite(prepared, inPart(realm, 'signature'), rangeOf(realm.message.signature)),
      ...(realmKey ? [{ artifact, path: realmKey.path, ranges: realmKey.ranges }] : []),
    ]
    if (!realmSignature) return { outcome: 'fail', because: say('cca.realm-key-form'), cites }
    const proves = [
      { from: 'rak', to: 'realm', by: 'signature' as const },
      { from: 'realm', to: 'challenge', by: 'reference' as const },
    ]
    const hand = token.realmSpki && coseByHand(realm.message, token.realmSpki, artifact)
    switch (realmSignature.result) {
      case 'valid':
        return {
          outcome: 'pass',
          because: say('cca.realm-signed.holds'),
          cites,
          ...(hand ? { hand } : {}),
          proves,
          covers: coverage(artifact, realm),
        }
      case 'invalid':
        return { outcome: 'fail', because: realmSignature.because, cites, proves, ...(hand ? { hand } : {}) }
      case 'unsupported':
        return { outcome: 'unsupported', because: realmSignature.because, cites, proves }
    }
  },
}
