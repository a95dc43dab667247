import { say } from '../../../core/saying.ts'
import { NODE } from '../nodes.ts'
import { cited, covering, SPEC, UNREADABLE, type QuoteCheck } from './shared.ts'

/** Does the QE report carry the digest of the attestation key and the authentication data? */
export const attestationKeyBound: QuoteCheck = {
  id: 'intel.attestation-key-bound-by-qe',
  layer: 2,
  weight: 'decides',
  dependsOn: [],
  spec: SPEC.verification('4.1.2.5.14'),
  run(prepared) {
    const { artifact, binding, quote } = prepared
    const { attestationKey, qeAuthData, qeReport } = quote
    if (!binding || !qeReport) return UNREADABLE
    const common = {
      cites: cited(prepared, qeReport.reportData, attestationKey, qeAuthData),
      found: binding.found,
      expected: binding.expected,
      hand: {
        kind: 'digest' as const,
        hash: 'SHA-256',
        of: [...(attestationKey?.ranges ?? []), ...(qeAuthData?.ranges ?? [])].map((range) => ({ artifact, range })),
        equals: binding.found,
      },
      proves: [{ from: NODE.qe, to: NODE.key, by: 'hash' as const }],
    }
    return binding.holds
      ? {
          outcome: 'pass',
          because: say('intel.attestation-key-bound-by-qe.holds'),
          ...common,
          covers: covering(prepared, 'hash', attestationKey, qeAuthData),
        }
      : { outcome: 'fail', because: say('intel.qe-binding'), ...common }
  },
}
