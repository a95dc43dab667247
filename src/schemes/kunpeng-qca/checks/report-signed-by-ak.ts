import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedQca } from '../prepare.ts'
import { finding } from '../../../core/finding.ts'
import { QCA, signatureFinding } from './shared.ts'

/** Did the attestation key (AK) sign exactly this content? In JSON the text is printed again in the form that was signed. */
export const reportSignedByAk: CheckDefinition<PreparedQca> = {
  id: 'qca.report-signed-by-ak',
  layer: 2,
  weight: 'decides',
  dependsOn: ['qca.well-formed'],
  spec: QCA('report_sign'),
  run({ artifact, report, byAk }) {
    const { endorsement, signed, signature } = report
    if (endorsement?.kind === 'daa') return finding('unsupported', 'qca.daa', [])
    if (!byAk || !signed || !signature) return finding('not-checked', 'qca.no-ak', [])
    return signatureFinding(artifact, {
      result: byAk,
      signed,
      signature,
      good: 'qca.report-signed-by-ak.holds',
      by: 'attestation-key',
      proves: [
        { from: endorsement?.kind === 'service' ? 'certificate0' : 'ak', to: 'report', by: 'signature' },
        { from: 'report', to: 'nonce', by: 'reference' },
      ],
    })
  },
}
