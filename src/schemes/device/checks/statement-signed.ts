import { rangeOf } from '../../../core/place.ts'
import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedAttestation } from '../prepare.ts'
import { citeAttestation, edges, findingOf, WEBAUTHN } from './shared.ts'

/** Does the statement cover exactly this authenticator data and the client data at hand? */
export const statementSigned: CheckDefinition<PreparedAttestation> = {
  id: 'webauthn.statement-signed',
  layer: 2,
  weight: 'decides',
  dependsOn: [],
  spec: WEBAUTHN('8'),
  run(prepared) {
    const { proof, attestation, artifact, nodes } = prepared
    const cites = citeAttestation(prepared)
    const finding = findingOf(proof.signed, cites)
    if (finding.outcome === 'not-checked' && proof.signed.state === 'open')
      return { ...finding, remedy: say('webauthn.give-client-data') }
    if (finding.outcome !== 'pass') return finding
    return {
      ...finding,
      proves: edges(nodes),
      covers: attestation.authData
        ? [{ artifact, range: rangeOf(attestation.authData.slice), by: 'attestation-key' }]
        : [],
    }
  },
}
