import { rangeOf } from '../../../core/place.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedAssertion } from '../prepare-assertion.ts'
import { findingOf, WEBAUTHN } from './shared.ts'

/** Did the key of an attestation here, or one that was given, sign this? */
export const assertionSigned: CheckDefinition<PreparedAssertion> = {
  id: 'webauthn.assertion-signed',
  role: 'signature-by-given-key',
  layer: 2,
  weight: 'decides',
  dependsOn: [],
  spec: WEBAUTHN('7.2'),
  run({ artifact, assertion, signed, binds }) {
    const finding = findingOf(signed, [{ artifact, path: '', ranges: [rangeOf(assertion.slice)] }])
    return finding.outcome === 'pass' ? { ...finding, binds, bindsBy: 'key' } : finding
  },
}
