import { rangeOf } from '../../../core/place.ts'
import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedEndorsement } from '../prepare.ts'
import { GCE } from './shared.ts'

/** Did the key of the certificate inside sign these bytes as they stand? RSA-PSS with SHA-256 and a salt of 32 bytes. */
export const signedByCertificate: CheckDefinition<PreparedEndorsement> = {
  id: 'gce.signed-by-certificate',
  layer: 2,
  weight: 'decides',
  dependsOn: [],
  spec: GCE('signature'),
  run({ artifact, endorsement: { golden, signature: held }, signature }) {
    const cites = [golden, held].flatMap((one) => (one ? [{ artifact, path: '', ranges: [rangeOf(one)] }] : []))
    if (!signature || !golden || !held) return { outcome: 'not-checked', because: say('gce.no-certificate'), cites }
    const proves = [{ from: 'certificate0', to: 'statement', by: 'signature' as const }]
    if (signature.result !== 'valid')
      return {
        outcome: signature.result === 'invalid' ? 'fail' : 'unsupported',
        because: signature.because,
        cites,
        proves,
      }
    return {
      outcome: 'pass',
      because: say('gce.signed-by-certificate.holds'),
      cites,
      proves,
      covers: [
        { artifact, range: rangeOf(golden), by: 'endorsement' },
        { artifact, range: rangeOf(held), by: 'signature' },
      ],
    }
  },
}
