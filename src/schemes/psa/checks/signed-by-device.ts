import { rangeOf } from '../../../core/place.ts'
import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import { coseByHand } from '../../../crypto/cose.ts'
import type { PreparedPsa } from '../prepare.ts'
import { cite, RFC9783, unreadable } from './shared.ts'

/** Did the given key sign exactly header and claims? A MAC is checked with the shared secret, where it was given. */
export const signedByDevice: CheckDefinition<PreparedPsa> = {
  id: 'psa.signed-by-device',
  role: 'signature-by-given-key',
  layer: 2,
  weight: 'decides',
  dependsOn: [],
  spec: RFC9783('5.2'),
  run(prepared) {
    const { token, signature, artifact } = prepared
    const { message } = token
    if (!message || !signature) return unreadable()
    const cites = cite(prepared, 'signature', rangeOf(message.signature))
    const proves = [
      { from: 'root', to: 'token', by: 'signature' as const },
      { from: 'token', to: 'nonce', by: 'reference' as const },
    ]
    const uses = signature.key?.source ? [signature.key.source.item.artifact] : []
    const hand =
      signature.key && message.kind === 'sign1' ? coseByHand(message, signature.key.spki, artifact) : undefined
    switch (signature.state) {
      case 'none':
        return message.kind === 'mac0'
          ? { outcome: 'unsupported', because: say('psa.mac-no-key'), cites, remedy: say('psa.give-secret') }
          : { outcome: 'not-checked', because: say('psa.key-unknown'), cites, remedy: say('psa.give-key') }
      case 'valid':
        return {
          outcome: 'pass',
          because: say('psa.signed-by-device.holds'),
          cites,
          ...(hand ? { hand } : {}),
          proves,
          uses,
          covers: [
            { artifact, range: rangeOf(message.protectedBytes), by: 'attestation-key' },
            ...(message.payload ? [{ artifact, range: rangeOf(message.payload), by: 'attestation-key' as const }] : []),
            { artifact, range: rangeOf(message.signature), by: 'signature' },
          ],
        }
      case 'other-key':
        return { outcome: 'not-checked', because: signature.because, cites, remedy: say('psa.give-key') }
      case 'invalid':
        return { outcome: 'fail', because: signature.because, cites, proves, ...(hand ? { hand } : {}), uses }
      case 'unsupported':
        return { outcome: 'unsupported', because: signature.because, cites, proves, uses }
    }
  },
}
