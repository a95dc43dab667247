import { rangeOf } from '../../../core/place.ts'
import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import { coseByHand } from '../../../crypto/cose.ts'
import { COSE } from '../../../envelope/cose-questions.ts'
import type { PreparedCwt } from '../prepare.ts'
import { cite, unreadable } from './shared.ts'

/** Did the given key sign exactly header and claims? Keys that the token brings itself (x5chain, cnf) are shown and never used. */
export const signedByGivenKey: CheckDefinition<PreparedCwt> = {
  id: 'eat.signed-by-given-key',
  role: 'signature-by-given-key',
  layer: 2,
  weight: 'decides',
  dependsOn: [],
  spec: COSE('4.4'),
  run(prepared) {
    const { cwt, signature, artifact } = prepared
    const { message } = cwt
    if (!message) return unreadable()
    const cites = cite(prepared, 'signature', rangeOf(message.signature))
    if (!signature) return { outcome: 'unsupported', because: say('eat.mac'), cites }
    const proves = [
      { from: 'root', to: 'token', by: 'signature' as const },
      { from: 'token', to: 'nonce', by: 'reference' as const },
    ]
    const hand =
      signature.key && message.kind === 'sign1' ? coseByHand(message, signature.key.spki, artifact) : undefined
    switch (signature.state) {
      case 'none':
        return { outcome: 'not-checked', because: say('eat.key-unknown'), cites, remedy: say('eat.give-key') }
      case 'valid':
        return {
          outcome: 'pass',
          because: say('eat.signed-by-given-key.holds'),
          cites,
          ...(hand ? { hand } : {}),
          proves,
          covers: [
            { artifact, range: rangeOf(message.protectedBytes), by: 'attestation-key' },
            ...(message.payload ? [{ artifact, range: rangeOf(message.payload), by: 'attestation-key' as const }] : []),
            { artifact, range: rangeOf(message.signature), by: 'signature' },
          ],
        }
      case 'other-key':
        return { outcome: 'not-checked', because: signature.because, cites, remedy: say('eat.give-key') }
      case 'invalid':
        return { outcome: 'fail', because: signature.because, cites, proves, ...(hand ? { hand } : {}) }
      case 'unsupported':
        return { outcome: 'unsupported', because: signature.because, cites, proves }
    }
  },
}
