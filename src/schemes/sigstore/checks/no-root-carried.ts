import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import { sameBytes } from '../../../bytes/layout.ts'
import { readCertificate } from '../../../pki/certificate.ts'
import type { PreparedBundle } from '../prepare.ts'
import { BUNDLE } from './shared.ts'

/** Does the bundle leave its root out, as it must? */
export const noRootCarried: CheckDefinition<PreparedBundle> = {
  id: 'sigstore.no-root-carried',
  layer: 1,
  weight: 'decides',
  dependsOn: [],
  spec: BUNDLE('x509_certificate_chain'),
  applies: ({ bundle }) => bundle.isChain,
  run({ artifact, bundle }) {
    const root = bundle.certificates.find(({ slice }) => {
      const one = readCertificate(slice)
      return one !== undefined && sameBytes(one.subject.der, one.issuer.der) && one.basicConstraints?.cA === true
    })
    return root
      ? {
          outcome: 'fail',
          because: say('sigstore.no-root-carried.fails'),
          cites: [{ artifact, path: root.located.path, ranges: root.located.ranges }],
        }
      : { outcome: 'pass', because: say('sigstore.no-root-carried.holds'), cites: [] }
  },
}
