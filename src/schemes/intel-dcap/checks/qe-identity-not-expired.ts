import { notExpired, NO_IDENTITY } from './shared-dates.ts'
import { SPEC, type QuoteCheck } from './shared.ts'

/** Is the identity, with the certificate that signs it, still within its dates? */
export const qeIdentityNotExpired: QuoteCheck = {
  id: 'intel.qe-identity-not-expired',
  layer: 5,
  answer: 'genuine',
  weight: 'decides',
  dependsOn: ['intel.qe-identity-authentic'],
  spec: SPEC.verification('4.1.2.4'),
  run: ({ identity, at }) => notExpired('intel.qe-identity-not-expired', identity, NO_IDENTITY, at),
}
