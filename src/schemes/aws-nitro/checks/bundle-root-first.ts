import { rangeOf } from '../../../core/place.ts'
import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import { sameBytes } from '../../../bytes/layout.ts'
import type { PreparedNitro } from '../prepare.ts'
import { cite, SPEC } from './shared.ts'

/** Do the certificates stand root first, each issued by the one before? The path is built by names and keys whatever the order; a reader that goes by the order would be misled. */
export const bundleRootFirst: CheckDefinition<PreparedNitro> = {
  id: 'nitro.bundle-root-first',
  layer: 3,
  weight: 'notes',
  dependsOn: [],
  spec: SPEC('3.2.3.1'),
  run(prepared) {
    const { bundle, leaf } = prepared
    const [root] = bundle
    if (!root || !leaf) return { outcome: 'not-checked', because: say('nitro.no-certificate'), cites: [] }
    const chain = [...bundle, leaf]
    const wrong = chain.find(
      (certificate, index) => !sameBytes(certificate.issuer.der, (chain[index - 1] ?? certificate).subject.der),
    )
    const cites = cite(prepared, 'payload.cabundle', rangeOf((wrong ?? root).slice))
    return wrong
      ? { outcome: 'warn', because: say('nitro.bundle-order', { subject: wrong.subject.commonName }), cites }
      : { outcome: 'pass', because: say('nitro.bundle-root-first.holds'), cites }
  },
}
