import { bytesOf } from '../../../core/place.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import { equalsHex, type PreparedCsv } from '../prepare.ts'
import { finding } from '../../../core/finding.ts'
import { cite, CSV, reportOf } from './shared.ts'

/** Does the text around the report say the same as the report? Nothing signs that text, and readers take its chip id for the report's. */
export const containerAgrees: CheckDefinition<PreparedCsv> = {
  id: 'csv.container-agrees',
  layer: 1,
  weight: 'decides',
  dependsOn: ['csv.well-formed'],
  spec: CSV('evidence JSON: cert_chain.pek, serial_number'),
  applies(prepared) {
    const hints = reportOf(prepared)?.hints
    return hints?.['pek'] !== undefined || hints?.['chipId'] !== undefined
  },
  run(prepared) {
    const { artifact } = prepared
    const report = reportOf(prepared)
    if (!report?.value) return finding('not-checked', 'csv.not-whole', [])
    const { pek, chipId } = report.value.signer
    const { hints } = report
    if (hints['pek'] !== undefined && !equalsHex(bytesOf(pek.$.slice), hints['pek']))
      return finding('fail', 'csv.container-other-pek', [cite(artifact, { path: pek.$.path, ranges: [pek.$.range] })])
    return hints['chipId'] !== undefined && !equalsHex(chipId.value, hints['chipId'])
      ? finding('fail', 'csv.container-other-chip', [cite(artifact, chipId)])
      : finding('pass', 'csv.container-agrees.holds', [cite(artifact, chipId)])
  },
}
