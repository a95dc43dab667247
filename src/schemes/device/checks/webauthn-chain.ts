import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedAttestation } from '../prepare.ts'
import { chainFinding, citeAttestation, covered, WEBAUTHN } from './shared.ts'

/** Do the statement's certificates lead to a root, each signed by the next? */
export const chain: CheckDefinition<PreparedAttestation> = {
  id: 'webauthn.chain',
  layer: 3,
  weight: 'decides',
  dependsOn: [],
  spec: WEBAUTHN('7.1'),
  applies: ({ attestation }) => attestation.certificates.length > 0,
  run(prepared) {
    const { artifact, attestation, path } = prepared
    const finding = chainFinding(path, attestation.certificates, citeAttestation(prepared), 'webauthn.chain.holds')
    return finding.outcome === 'pass'
      ? { ...finding, covers: covered(artifact, path, attestation.certificates) }
      : finding
  },
}
