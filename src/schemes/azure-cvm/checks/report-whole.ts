import type { CheckDefinition } from '../../../core/scheme.ts'
import { hexOffset } from '../../../bytes/layout.ts'
import { sizesAgree } from '../formats/hcl.ts'
import type { PreparedHclTd } from '../prepare.ts'
import { finding } from '../../../core/finding.ts'
import { HCL } from './shared.ts'

/** Is every field of the report there? */
export const reportWhole: CheckDefinition<PreparedHclTd> = {
  id: 'azure.report-whole',
  layer: 1,
  weight: 'decides',
  dependsOn: [],
  spec: HCL('HCL report'),
  run({ decoded, artifact }) {
    const { space, start, end } = decoded.slice
    if (decoded.broken)
      return finding('fail', 'azure.not-json', [{ artifact, path: '', ranges: [decoded.broken.range] }], {
        params: { at: hexOffset(decoded.broken.range.start) },
      })
    if (decoded.report && !sizesAgree(decoded.report)) {
      const { runtime } = decoded.report
      return finding('fail', 'azure.sizes', [{ artifact, path: runtime.$.path, ranges: [runtime.$.range] }], {
        params: { whole: runtime.dataSize.value, data: runtime.variableDataSize.value },
      })
    }
    return decoded.report
      ? finding('pass', 'azure.report-whole.holds', [
          { artifact, path: decoded.report.$.path, ranges: [decoded.report.$.range] },
        ])
      : finding('fail', 'azure.report-whole.fails', [{ artifact, path: '', ranges: [{ space, start, end }] }], {
          params: { have: end - start },
        })
  },
}
