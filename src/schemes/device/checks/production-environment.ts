import { bytesOf } from '../../../core/place.ts'
import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedAttestation } from '../prepare.ts'
import { APPLE, citeAttestation } from './shared.ts'

const DEVELOPMENT = 'appattestdevelop'
const PRODUCTION = 'appattest\0\0\0\0\0\0\0'

/** Which environment does App Attest name: the one for released apps, or the one for development? */
export const environment: CheckDefinition<PreparedAttestation> = {
  id: 'app.production-environment',
  layer: 7,
  weight: 'decides',
  dependsOn: [],
  spec: APPLE,
  applies: ({ attestation }) => attestation.format === 'apple-appattest' && attestation.authData?.aaguid !== undefined,
  run(prepared) {
    const { aaguid } = prepared.attestation.authData ?? {}
    const name = aaguid ? new TextDecoder('latin1').decode(bytesOf(aaguid)) : ''
    const cites = citeAttestation(prepared)
    if (name === PRODUCTION)
      return { outcome: 'pass', because: say('app.production-environment.holds'), cites, found: 'production' }
    return name === DEVELOPMENT
      ? { outcome: 'warn', because: say('app.development'), cites, found: 'development' }
      : { outcome: 'not-checked', because: say('app.environment-unknown'), cites }
  },
}
