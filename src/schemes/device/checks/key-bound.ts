import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedAttestation } from '../prepare.ts'
import { citeAttestation, findingOf, WEBAUTHN } from './shared.ts'

/** Is the credential's key the one that the certificate or the TPM vouches for, under the name that belongs to it? */
export const keyBound: CheckDefinition<PreparedAttestation> = {
  id: 'webauthn.key-bound',
  layer: 2,
  weight: 'decides',
  dependsOn: [],
  spec: WEBAUTHN('8'),
  applies: ({ proof }) => proof.key.state !== 'none',
  run(prepared) {
    return findingOf(prepared.proof.key, citeAttestation(prepared))
  },
}
