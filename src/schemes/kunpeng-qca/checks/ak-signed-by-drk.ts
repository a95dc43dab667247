import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedQca } from '../prepare.ts'
import { finding } from '../../../core/finding.ts'
import { QCA, signatureFinding } from './shared.ts'

/** Did the device's own key (DRK) sign the attestation key? */
export const akSignedByDrk: CheckDefinition<PreparedQca> = {
  id: 'qca.ak-signed-by-drk',
  layer: 3,
  weight: 'decides',
  dependsOn: ['qca.well-formed'],
  spec: QCA('drk_sign'),
  applies: ({ report }) => report.endorsement === undefined || report.endorsement.kind === 'drk',
  run({ artifact, report, byDrk }) {
    const ak = report.endorsement?.kind === 'drk' ? report.endorsement.certificate : undefined
    if (!ak?.drk) return finding('not-checked', 'qca.no-drk', [])
    if (!byDrk || !ak.signed || !ak.signature) return finding('not-checked', 'qca.no-ak', [])
    return signatureFinding(artifact, {
      result: byDrk,
      signed: ak.signed,
      signature: ak.signature,
      good: 'qca.ak-signed-by-drk.holds',
      by: 'endorsement',
      proves: [{ from: 'certificate0', to: 'ak', by: 'signature' }],
    })
  },
}
