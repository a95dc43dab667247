import { rangeOf } from '../../../core/place.ts'
import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedEndorsement } from '../prepare.ts'
import { GCE } from './shared.ts'

/** Does the signer's chain hold up to a root, in date? */
export const chainHolds: CheckDefinition<PreparedEndorsement> = {
  id: 'gce.chain-holds',
  layer: 3,
  weight: 'decides',
  dependsOn: [],
  spec: GCE('cert, ca_bundle'),
  run({ artifact, path, endorsement: { certificate } }) {
    const cites = certificate ? [{ artifact, path: '', ranges: [rangeOf(certificate)] }] : []
    if (!path) return { outcome: 'not-checked', because: say('gce.no-certificate'), cites }
    const [fault] = path.faults
    if (fault) return { outcome: 'fail', because: fault.because, cites }
    const [open] = [...path.unsupported, ...path.outside]
    if (open) return { outcome: 'not-checked', because: open.because, cites }
    return path.rootStatus === 'none'
      ? {
          outcome: 'not-checked',
          because: say('gce.issuer-missing', { issuer: path.missingIssuer?.text ?? '' }),
          cites,
          remedy: say('gce.give-root'),
        }
      : { outcome: 'pass', because: say('gce.chain-holds.holds', { count: path.path.length }), cites }
  },
}
