import { rangeOf } from '../../../core/place.ts'
import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedKeystone } from '../prepare.ts'
import { SOURCE, unreadable } from './shared.ts'

/** Does the file end with the report? The project's example copies a buffer of 2048 bytes out, whatever stands behind the report. */
export const nothingFollows: CheckDefinition<PreparedKeystone> = {
  id: 'keystone.nothing-follows',
  layer: 1,
  weight: 'notes',
  dependsOn: [],
  spec: SOURCE('examples/attestation/eapp/attestor.c'),
  run({ decoded, artifact }) {
    if (!decoded.report) return unreadable()
    const range = rangeOf(decoded.trailing)
    const count = range.end - range.start
    return count > 0
      ? {
          outcome: 'warn',
          because: say('keystone.follows', { count }, 'trailing'),
          cites: [{ artifact, path: 'trailing', ranges: [range] }],
          found: String(count),
          expected: '0',
        }
      : { outcome: 'pass', because: say('keystone.nothing-follows.holds'), cites: [] }
  },
}
