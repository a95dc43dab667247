import { say } from '../../../core/saying.ts'
import { NODE } from '../nodes.ts'
import { identityIdFor } from '../work.ts'
import { absent, SPEC, type QuoteCheck } from './shared.ts'
import { authenticFinding } from './tcb-info-authentic.ts'

/** Is there an identity of the right quoting enclave, signed over exactly its bytes under the root of the quote? */
export const qeIdentityAuthentic: QuoteCheck = {
  id: 'intel.qe-identity-authentic',
  layer: 5,
  answer: 'genuine',
  weight: 'decides',
  dependsOn: [],
  spec: SPEC.verification('4.1.2.4'),
  run({ identity, quote }) {
    if (identity.deciding) return authenticFinding('intel.qe-identity-authentic', NODE.identity, identity.deciding)
    return absent(
      identity,
      say('intel.qe-identity-missing', { id: identityIdFor(quote) }),
      say('intel.remedy.qe-identity'),
    )
  },
}
