import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedBundle } from '../prepare.ts'
import { DSSE } from './shared.ts'

/** Did the certificate's key sign exactly this content? */
export const signedByCertificate: CheckDefinition<PreparedBundle> = {
  id: 'sigstore.signed-by-certificate',
  layer: 2,
  weight: 'decides',
  dependsOn: [],
  spec: DSSE('protocol'),
  run({ artifact, bundle, signature, leaf, file }) {
    const held = bundle.message?.signature ?? bundle.envelope?.signatures[0]
    const cites = held ? [{ artifact, path: held.located.path, ranges: held.located.ranges }] : []
    if (!leaf) return { outcome: 'not-checked', because: say('sigstore.no-certificate'), code: 'key-missing', cites }
    if (!signature) return { outcome: 'fail', because: say('sigstore.no-signature'), cites }
    const proves = [{ from: 'certificate0', to: 'statement', by: 'signature' as const }]
    if (signature.result !== 'valid')
      return {
        outcome: signature.result === 'invalid' ? 'fail' : 'unsupported',
        because: signature.because,
        cites,
        proves,
      }
    const signed = [bundle.envelope?.payload, bundle.envelope ? undefined : bundle.message?.digest]
    return {
      outcome: 'pass',
      because: say(bundle.envelope || file ? 'sigstore.signed-by-certificate.holds' : 'sigstore.signed-over-digest'),
      cites,
      proves,
      covers: [
        ...signed.flatMap((one) =>
          (one?.located.ranges ?? []).map((range) => ({ artifact, range, by: 'endorsement' as const })),
        ),
        ...(bundle.envelope?.payloadType?.ranges ?? []).map((range) => ({
          artifact,
          range,
          by: 'endorsement' as const,
        })),
        ...(held?.located.ranges ?? []).map((range) => ({ artifact, range, by: 'signature' as const })),
      ],
    }
  },
}
