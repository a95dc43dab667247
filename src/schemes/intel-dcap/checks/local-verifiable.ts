import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedLocal } from '../prepare-local.ts'
import { SPEC } from './shared.ts'

// This can come to `unsupported` only: no key exists outside the machine (MAC), or outside a service that was switched off (EPID).
/** Can anybody else than its own machine verify this? */
export const localVerifiable: CheckDefinition<PreparedLocal> = {
  id: 'intel.verifiable-elsewhere',
  layer: 2,
  weight: 'decides',
  dependsOn: [],
  spec: SPEC.enclave('EREPORT, EVERIFYREPORT'),
  run: ({ kind, artifact, whole, missing }) =>
    missing
      ? {
          outcome: 'unsupported',
          because: say('intel.quote-headless', { at: missing.vendorAt, missing: missing.count }, 'cut-off'),
          cites: [{ artifact, path: '', ranges: [whole] }],
          remedy: say('intel.remedy.whole-quote'),
        }
      : {
          outcome: 'unsupported',
          because: say(kind === 'epid' ? 'intel.epid-ended' : 'intel.mac-only', {
            kind: kind === 'tdreport' ? 'TDREPORT' : 'REPORT',
          }),
          cites: [{ artifact, path: '', ranges: [whole] }],
          remedy: say('intel.remedy.quote-instead'),
        },
}
