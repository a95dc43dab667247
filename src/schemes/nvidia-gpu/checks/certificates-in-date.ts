import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedReport } from '../prepare.ts'
import { noChain, NVTRUST } from './shared.ts'

/** Was every certificate of the device valid at the time that is asked about? */
export const certificatesInDate: CheckDefinition<PreparedReport> = {
  id: 'nvidia.certificates-in-date',
  layer: 3,
  weight: 'decides',
  dependsOn: [],
  spec: NVTRUST('cc_admin_utils.py'),
  run(prepared) {
    const { path } = prepared
    if (!path) return noChain(prepared)
    const outside = path.outside[0]
    return outside
      ? { outcome: 'not-checked', because: outside.because, cites: [] }
      : { outcome: 'pass', because: say('nvidia.certificates-in-date.holds'), cites: [] }
  },
}
