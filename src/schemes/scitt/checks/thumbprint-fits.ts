import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedStatement } from '../prepare.ts'
import { X509 } from './shared.ts'

/** Is the certificate whose hash the header names the first one that it carries? */
export const thumbprintFits: CheckDefinition<PreparedStatement> = {
  id: 'scitt.thumbprint-fits',
  layer: 2,
  weight: 'decides',
  dependsOn: [],
  spec: X509('2'),
  applies: ({ cose, leaf }) => cose.thumbprint !== undefined && leaf !== undefined,
  run({ artifact, cose, thumbprintFits: fits }) {
    const cites = cose.thumbprint
      ? [{ artifact, path: cose.thumbprint.value.path, ranges: cose.thumbprint.value.ranges }]
      : []
    if (cose.thumbprint?.hash === undefined)
      return { outcome: 'unsupported', because: say('scitt.thumbprint-algorithm'), cites }
    return fits === true
      ? { outcome: 'pass', because: say('scitt.thumbprint-fits.holds'), cites }
      : { outcome: 'fail', because: say('scitt.thumbprint-fits.fails'), cites }
  },
}
