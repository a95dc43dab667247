import { bytesOf, rangeOf } from '../../../core/place.ts'
import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import type { TrustEdge } from '../../../core/verdict.ts'
import { coseByHand } from '../../../crypto/cose.ts'
import { COSE } from '../../../envelope/cose-questions.ts'
import { certificateNodeId, type PreparedNitro } from '../prepare.ts'
import { cite, unreadable } from './shared.ts'

/** Did the key of the certificate in the document sign exactly header and payload? */
export const signedByCertificate: CheckDefinition<PreparedNitro> = {
  id: 'nitro.signed-by-certificate',
  role: 'signature-by-given-key',
  layer: 2,
  weight: 'decides',
  dependsOn: [],
  spec: COSE('4.4'),
  run(prepared) {
    const { document, signature, leaf, path, artifact, nodes } = prepared
    const { message } = document
    if (!message) return unreadable()
    if (!leaf || !signature)
      return {
        outcome: 'not-checked',
        because: say('nitro.no-certificate'),
        cites: cite(prepared, 'signature', rangeOf(message.signature)),
      }
    const payload = message.payload && rangeOf(message.payload)
    const cites = [
      ...cite(prepared, 'signature', rangeOf(message.signature)),
      ...cite(prepared, 'payload.certificate', rangeOf(leaf.spki)),
    ]
    const says: readonly TrustEdge[] = nodes
      .filter((node) => node.kind === 'data' || node.kind === 'key')
      .map((node) => ({ from: 'document', to: node.id, by: 'reference' }))
    const proves: readonly TrustEdge[] = [
      { from: path ? certificateNodeId(path, 0) : 'certificate0', to: 'document', by: 'signature' },
      ...says,
    ]
    const hand = prepared.isReversed ? undefined : coseByHand(message, bytesOf(leaf.spki), artifact)
    switch (signature.result) {
      case 'valid':
        return {
          outcome: 'pass',
          because: say(prepared.isReversed ? 'nitro.signature-reversed' : 'nitro.signed-by-certificate.holds'),
          cites,
          ...(hand ? { hand } : {}),
          proves,
          covers: [
            { artifact, range: rangeOf(message.protectedBytes), by: 'attestation-key' },
            ...(payload ? [{ artifact, range: payload, by: 'attestation-key' as const }] : []),
            { artifact, range: rangeOf(message.signature), by: 'signature' },
          ],
        }
      case 'invalid':
        return { outcome: 'fail', because: signature.because, cites, proves, ...(hand ? { hand } : {}) }
      case 'unsupported':
        return { outcome: 'unsupported', because: signature.because, cites, proves }
    }
  },
}
