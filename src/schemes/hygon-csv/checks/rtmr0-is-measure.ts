import type { CheckDefinition } from '../../../core/scheme.ts'
import { sameBytes } from '../../../bytes/layout.ts'
import type { PreparedCsv } from '../prepare.ts'
import { finding } from '../../../core/finding.ts'
import { cite, CSV, reportOf } from './shared.ts'

/** Does the first register repeat the launch digest, as the firmware writes it? */
export const rtmr0IsMeasure: CheckDefinition<PreparedCsv> = {
  id: 'csv.rtmr0-is-measure',
  layer: 1,
  weight: 'decides',
  dependsOn: ['csv.well-formed'],
  spec: CSV('report version 2: RTMR0'),
  applies: (prepared) => reportOf(prepared)?.version === 2,
  run(prepared) {
    const { artifact } = prepared
    const info = reportOf(prepared)?.value?.teeInfo
    if (!info || !('rtmr0' in info)) return finding('not-checked', 'csv.not-whole', [])
    const cites = [cite(artifact, info.measure), cite(artifact, info.rtmr0)]
    return sameBytes(info.measure.value, info.rtmr0.value)
      ? finding('pass', 'csv.rtmr0-is-measure.holds', cites)
      : finding('fail', 'csv.rtmr0-is-measure.fails', cites)
  },
}
