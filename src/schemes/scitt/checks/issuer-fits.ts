import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedStatement } from '../prepare.ts'
import { DID } from './shared.ts'

/** Is the issuer that the statement names the one that its chain describes? */
export const issuerFits: CheckDefinition<PreparedStatement> = {
  id: 'scitt.issuer-fits-chain',
  layer: 3,
  weight: 'decides',
  dependsOn: [],
  spec: DID,
  applies: ({ did, leaf }) => did.kind !== 'none' && leaf !== undefined,
  run({ artifact, cose, did }) {
    const cites = cose.issuer ? [{ artifact, path: cose.issuer.path, ranges: cose.issuer.ranges }] : []
    const found = cose.issuer?.value.slice(0, 500) ?? ''
    switch (did.kind) {
      case 'holds':
        return { outcome: 'pass', because: say('scitt.issuer-fits-chain.holds'), cites, found }
      case 'fingerprint':
        return { outcome: 'fail', because: say('scitt.did.fingerprint'), cites, found }
      case 'policy':
        return { outcome: 'fail', because: say('scitt.did.policy', { policy: did.policy }), cites, found }
      case 'form':
        return { outcome: 'fail', because: say('scitt.did.form'), cites, found }
      case 'unknown-policy':
        return {
          outcome: 'unsupported',
          because: say('scitt.did.unknown-policy', { policy: did.policy }),
          cites,
          found,
        }
      case 'not-x509':
      case 'none':
        return { outcome: 'not-checked', because: say('scitt.did.other-method'), cites, found }
    }
  },
}
