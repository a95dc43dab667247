import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedAttestation } from '../prepare.ts'
import { citeAttestation, WEBAUTHN } from './shared.ts'

/** Are the statement's certificates valid at the time asked for? Apple's leaves end after days. */
export const inDate: CheckDefinition<PreparedAttestation> = {
  id: 'webauthn.in-date',
  layer: 3,
  weight: 'decides',
  dependsOn: [],
  spec: WEBAUTHN('7.1'),
  applies: ({ path }) => path !== undefined,
  run(prepared) {
    const cites = citeAttestation(prepared)
    const outside = prepared.path?.outside[0]
    return outside
      ? { outcome: 'not-checked', because: outside.because, cites }
      : { outcome: 'pass', because: say('webauthn.in-date.holds'), cites }
  },
}
