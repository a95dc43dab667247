import { notExpired, NO_TCB_INFO } from './shared-dates.ts'
import { SPEC, type QuoteCheck } from './shared.ts'

/** Is the TCB info, with the certificate that signs it, still within its dates? */
export const tcbInfoNotExpired: QuoteCheck = {
  id: 'intel.tcb-info-not-expired',
  layer: 5,
  answer: 'current',
  weight: 'decides',
  dependsOn: ['intel.tcb-info-authentic'],
  spec: SPEC.verification('4.1.2.3'),
  run: ({ tcbInfo, at }) => notExpired('intel.tcb-info-not-expired', tcbInfo, NO_TCB_INFO, at),
}
