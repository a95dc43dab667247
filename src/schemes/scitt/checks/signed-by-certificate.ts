import { rangeOf } from '../../../core/place.ts'
import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedStatement } from '../prepare.ts'
import { citeSignature, COSE } from './shared.ts'

/** Did the key that the signed header names sign exactly these bytes? */
export const signedByCertificate: CheckDefinition<PreparedStatement> = {
  id: 'scitt.signed-by-certificate',
  layer: 2,
  weight: 'decides',
  dependsOn: [],
  spec: COSE('4.4'),
  applies: ({ cose }) => cose.message?.payload !== undefined,
  run(prepared) {
    const { signature, artifact, leaf } = prepared
    const { message } = prepared.cose
    const cites = citeSignature(prepared)
    if (!signature || !message)
      return { outcome: 'not-checked', because: say('scitt.no-key'), code: 'key-missing', cites }
    const proves = leaf ? [{ from: 'certificate0', to: 'statement', by: 'signature' as const }] : []
    if (signature.result !== 'valid')
      return {
        outcome: signature.result === 'invalid' ? 'fail' : 'unsupported',
        because: signature.because,
        cites,
        proves,
      }
    return {
      outcome: 'pass',
      because: say(leaf ? 'scitt.signed-by-certificate.holds' : 'scitt.signed-by-attested-key'),
      cites,
      proves,
      covers: [
        { artifact, range: rangeOf(message.protectedBytes), by: 'endorsement' },
        ...(message.payload ? [{ artifact, range: rangeOf(message.payload), by: 'endorsement' as const }] : []),
        { artifact, range: rangeOf(message.signature), by: 'signature' },
      ],
    }
  },
}
