import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedAttestation } from '../prepare.ts'
import { citeAttestation, WEBAUTHN } from './shared.ts'

/** Which of the values at hand does the statement answer? */
export const clientDataAnswered: CheckDefinition<PreparedAttestation> = {
  id: 'webauthn.client-data-answered',
  layer: 9,
  weight: 'notes',
  dependsOn: ['webauthn.statement-signed'],
  spec: WEBAUTHN('7.1'),
  run(prepared) {
    const { clientData } = prepared.proof
    const cites = citeAttestation(prepared)
    return clientData
      ? {
          outcome: 'pass',
          because: say('webauthn.client-data-answered.holds', { recipe: clientData.recipe }),
          cites,
          found: clientData.recipe,
        }
      : { outcome: 'not-checked', because: say('webauthn.client-data-missing'), cites }
  },
}
