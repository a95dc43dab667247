import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedAttestation } from '../prepare.ts'
import { citeAttestation, WEBAUTHN } from './shared.ts'

/** Is it one whole attestation object with whole authenticator data? */
export const wellFormed: CheckDefinition<PreparedAttestation> = {
  id: 'webauthn.well-formed',
  layer: 1,
  weight: 'decides',
  dependsOn: [],
  spec: WEBAUTHN('6.5.4'),
  run(prepared) {
    const { attestation } = prepared
    const cites = citeAttestation(prepared)
    if (!attestation.isWhole || !attestation.authData?.isWhole)
      return { outcome: 'fail', because: say('webauthn.not-whole'), cites }
    const fault = attestation.certificates.flatMap((one) => one.faults)[0]
    return fault
      ? { outcome: 'fail', because: fault.because, cites }
      : { outcome: 'pass', because: say('webauthn.well-formed.holds'), cites }
  },
}
