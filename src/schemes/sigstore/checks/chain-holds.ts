import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedBundle } from '../prepare.ts'
import { CLIENT } from './shared.ts'

/** Was the signer's certificate issued, for signing code, by an authority of the trust root? */
export const chainHolds: CheckDefinition<PreparedBundle> = {
  id: 'sigstore.chain-holds',
  layer: 3,
  weight: 'decides',
  dependsOn: [],
  spec: CLIENT('4.4'),
  run({ artifact, bundle, path }) {
    const held = bundle.certificates[0]
    const cites = held ? [{ artifact, path: held.located.path, ranges: held.located.ranges }] : []
    if (!path) return { outcome: 'not-checked', because: say('sigstore.no-certificate'), code: 'key-missing', cites }
    const [fault] = path.faults
    if (fault) return { outcome: 'fail', because: fault.because, cites }
    const [unsupported] = path.unsupported
    if (unsupported) return { outcome: 'unsupported', because: unsupported.because, cites }
    if (path.rootStatus === 'none')
      return {
        outcome: 'not-checked',
        because: say('sigstore.authority-unknown', { issuer: path.missingIssuer?.text ?? '' }),
        code: 'key-missing',
        cites,
      }
    return {
      outcome: 'pass',
      because: say('sigstore.chain-holds.holds', { count: path.path.length }),
      cites,
      covers: (held?.located.ranges ?? []).map((range) => ({ artifact, range, by: 'endorsement' as const })),
      proves: path.links.flatMap((link) =>
        link.issuer === link.subject
          ? []
          : [{ from: `certificate${link.issuer}`, to: `certificate${link.subject}`, by: 'signature' as const }],
      ),
    }
  },
}
