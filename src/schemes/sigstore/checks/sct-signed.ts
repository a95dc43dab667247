import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedBundle } from '../prepare.ts'
import { CT } from './shared.ts'

/** Did a certificate log sign that it listed this certificate? */
export const sctSigned: CheckDefinition<PreparedBundle> = {
  id: 'sigstore.sct-signed',
  layer: 3,
  weight: 'decides',
  dependsOn: [],
  spec: CT('3.2'),
  applies: ({ sct }) => sct !== undefined,
  run({ artifact, bundle, sct }) {
    const held = bundle.certificates[0]
    const cites = held ? [{ artifact, path: held.located.path, ranges: held.located.ranges }] : []
    switch (sct?.state) {
      case 'holds':
        return { outcome: 'pass', because: say('sigstore.sct-signed.holds', { log: sct.key.name }), cites }
      case 'missing':
      case 'form':
      case 'fails':
      case 'dates':
        return { outcome: 'fail', because: say(`sigstore.sct.${sct.state}`), cites }
      case 'no-key':
      case undefined:
        return { outcome: 'not-checked', because: say('sigstore.sct.no-key'), code: 'key-missing', cites }
    }
  },
}
