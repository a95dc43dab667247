import { rangeOf } from '../../../core/place.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedQca } from '../prepare.ts'
import { finding } from '../../../core/finding.ts'
import { QCA } from './shared.ts'

/** Are the certificates valid at the time asked for? The report itself has no clock. */
export const certificatesInDate: CheckDefinition<PreparedQca> = {
  id: 'qca.certificates-in-date',
  layer: 3,
  weight: 'decides',
  dependsOn: [],
  spec: QCA('drk_cert'),
  applies: ({ path }) => path !== undefined,
  run({ artifact, path }) {
    const leaf = path?.path[0]
    const cites = leaf ? [{ artifact, path: '', ranges: [rangeOf(leaf.slice)] }] : []
    const outside = path?.outside[0]
    return outside
      ? { outcome: 'not-checked', because: outside.because, cites }
      : finding('pass', 'qca.certificates-in-date.holds', cites)
  },
}
