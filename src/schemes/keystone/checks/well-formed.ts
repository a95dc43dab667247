import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import { DATA_MOST } from '../layout.ts'
import type { PreparedKeystone } from '../prepare.ts'
import { SOURCE } from './shared.ts'

/** Is every field there, and does the length of the data fit into its array? */
export const wellFormed: CheckDefinition<PreparedKeystone> = {
  id: 'keystone.well-formed',
  layer: 1,
  weight: 'decides',
  dependsOn: [],
  spec: SOURCE('sm/src/enclave.h'),
  run({ decoded, artifact }) {
    const { report } = decoded
    if (!report) return { outcome: 'fail', because: say('keystone.cut', {}, 'cut-off'), cites: [] }
    const { dataLen } = report.enclave
    const cites = [{ artifact, path: dataLen.path, ranges: dataLen.ranges }]
    const [found, expected] = [String(dataLen.value), `≤ ${DATA_MOST}`]
    return dataLen.value > BigInt(DATA_MOST)
      ? {
          outcome: 'fail',
          because: say('keystone.data-length', { length: found, most: DATA_MOST }),
          cites,
          found,
          expected,
        }
      : { outcome: 'pass', because: say('keystone.well-formed.holds'), cites, found, expected }
  },
}
