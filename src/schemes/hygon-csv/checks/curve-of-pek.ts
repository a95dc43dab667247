import type { CheckDefinition } from '../../../core/scheme.ts'
import { CURVE_SM2 } from '../numbers.ts'
import { limbsFit, type PreparedCsv } from '../prepare.ts'
import { finding } from '../../../core/finding.ts'
import { cite, CSV, reportOf } from './shared.ts'

/** Is the platform's key an SM2 key, written with nothing above its 32 bytes? */
export const curveOfPek: CheckDefinition<PreparedCsv> = {
  id: 'csv.curve.pek',
  layer: 1,
  weight: 'decides',
  dependsOn: ['csv.well-formed'],
  spec: CSV('PEK certificate: key'),
  applies: (prepared) => reportOf(prepared) !== undefined,
  run(prepared) {
    const { artifact } = prepared
    const value = reportOf(prepared)?.value
    if (!value) return finding('not-checked', 'csv.not-whole', [])
    const { curve, qx, qy } = value.signer.pek.body
    if (curve.value !== CURVE_SM2)
      return finding('fail', 'csv.curve-wrong', [cite(artifact, curve)], { params: { found: curve.value } })
    return limbsFit(qx.value, qy.value)
      ? finding('pass', 'csv.curve.pek.holds', [cite(artifact, curve)])
      : finding('fail', 'csv.limbs', [cite(artifact, qx), cite(artifact, qy)])
  },
}
