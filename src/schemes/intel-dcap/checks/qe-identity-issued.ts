import { begun, NO_IDENTITY } from './shared-dates.ts'
import { SPEC, type QuoteCheck } from './shared.ts'

// Intel's library does not look at issueDate
/** Had the identity been issued by then? */
export const qeIdentityIssued: QuoteCheck = {
  id: 'intel.qe-identity-issued',
  layer: 5,
  answer: 'genuine',
  weight: 'decides',
  dependsOn: ['intel.qe-identity-authentic'],
  spec: SPEC.collateral('Enclave Identity V2, issueDate'),
  run: ({ identity, at }) => begun('intel.qe-identity-issued', identity, NO_IDENTITY, at),
}
