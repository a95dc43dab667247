import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedReport } from '../prepare.ts'
import { ABI } from './shared.ts'

/** Is every field of the report there? */
export const reportWhole: CheckDefinition<PreparedReport> = {
  id: 'snp.report-whole',
  layer: 1,
  weight: 'decides',
  dependsOn: [],
  spec: ABI('7.3, table "ATTESTATION_REPORT"'),
  byHand: 'wc -c < {file}   # 1184, or more with a certificate table',
  run({ report, decoded, artifact }) {
    const { space, start, end } = decoded.slice
    const cites = [{ artifact, path: '', ranges: [{ space, start, end }] }]
    return report
      ? {
          outcome: 'pass',
          because: say('snp.report-whole.holds'),
          cites: [{ artifact, path: report.$.path, ranges: [report.$.range] }],
        }
      : { outcome: 'fail', because: say('snp.report-whole.fails', { have: end - start }, 'cut-off'), cites }
  },
}
