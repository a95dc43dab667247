import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedAttestation } from '../prepare.ts'
import { APPLE, citeAttestation } from './shared.ts'

/** Is the counter of a new App Attest key zero? */
export const firstUse: CheckDefinition<PreparedAttestation> = {
  id: 'app.counter-zero',
  layer: 2,
  weight: 'decides',
  dependsOn: [],
  spec: APPLE,
  applies: ({ attestation }) => attestation.format === 'apple-appattest' && attestation.authData !== undefined,
  run(prepared) {
    const count = prepared.attestation.authData?.signCount ?? 0
    const cites = citeAttestation(prepared)
    return count === 0
      ? { outcome: 'pass', because: say('app.counter-zero.holds'), cites }
      : { outcome: 'fail', because: say('app.counter-not-zero', { count }), cites }
  },
}
