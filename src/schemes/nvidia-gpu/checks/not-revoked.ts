import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedReport } from '../prepare.ts'
import { noChain, NVTRUST } from './shared.ts'

/** Does NVIDIA still stand by these certificates? It answers by OCSP only, for a day; without an answer this stays open. */
export const notRevoked: CheckDefinition<PreparedReport> = {
  id: 'nvidia.not-revoked',
  layer: 4,
  weight: 'decides',
  dependsOn: [],
  spec: NVTRUST('cc_admin_utils.py, OCSP'),
  run(prepared) {
    if (!prepared.path) return noChain(prepared)
    return { outcome: 'not-checked', because: say('nvidia.ocsp-missing'), cites: [], remedy: say('nvidia.get-ocsp') }
  },
}
