import { rangeOf } from '../../../core/place.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import { CURVE_SM2 } from '../numbers.ts'
import { limbsFit, type PreparedCsv } from '../prepare.ts'
import { finding } from '../../../core/finding.ts'
import { CSV } from './shared.ts'

/** Is the signing key above the chip's an SM2 key, written with nothing above its 32 bytes? */
export const curveOfHsk: CheckDefinition<PreparedCsv> = {
  id: 'csv.curve.hsk',
  layer: 5,
  answer: 'genuine',
  weight: 'decides',
  dependsOn: ['csv.cek-signed-by-hsk'],
  spec: CSV('HSK certificate: key'),
  applies: ({ cekByHsk }) => cekByHsk.state === 'tried',
  run({ cekByHsk }) {
    if (cekByHsk.state === 'missing') return finding('not-checked', 'csv.no-hsk', [])
    const { item, slice, value } = cekByHsk.signer
    const cites = [{ artifact: item.artifact, path: '', ranges: [rangeOf(slice)] }]
    const { curve, qx, qy } = value.body
    if (curve.value !== CURVE_SM2) return finding('fail', 'csv.curve-wrong', cites, { params: { found: curve.value } })
    return limbsFit(qx.value, qy.value)
      ? finding('pass', 'csv.curve.hsk.holds', cites)
      : finding('fail', 'csv.limbs', cites)
  },
}
