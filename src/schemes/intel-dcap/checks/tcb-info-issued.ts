import { begun, NO_TCB_INFO } from './shared-dates.ts'
import { SPEC, type QuoteCheck } from './shared.ts'

// Intel's library does not look at issueDate
/** Had the TCB info been issued by then? */
export const tcbInfoIssued: QuoteCheck = {
  id: 'intel.tcb-info-issued',
  layer: 5,
  answer: 'current',
  weight: 'decides',
  dependsOn: ['intel.tcb-info-authentic'],
  spec: SPEC.collateral('TCB Info V3, issueDate'),
  run: ({ tcbInfo, at }) => begun('intel.tcb-info-issued', tcbInfo, NO_TCB_INFO, at),
}
