import type { CheckDefinition } from '../../../core/scheme.ts'
import { toHex } from '../../../bytes/layout.ts'
import type { PreparedHclTd } from '../prepare.ts'
import { finding } from '../../../core/finding.ts'
import { HCL } from './shared.ts'

/** Is the report's user data the digest of the runtime data, over its bytes as they stand, and zero behind it? */
export const runtimeDataBound: CheckDefinition<PreparedHclTd> = {
  id: 'azure.runtime-data-bound',
  layer: 2,
  weight: 'decides',
  dependsOn: ['azure.report-whole'],
  spec: HCL('runtime claims'),
  run({ decoded, artifact, runtimeDigest }) {
    const { report } = decoded
    if (!report) return finding('not-checked', 'azure.no-report', [])
    const { reportData } = report.hardwareReport.macStruct
    const cites = [reportData, report.runtimeData].map(({ path, ranges }) => ({ artifact, path, ranges }))
    if (!runtimeDigest)
      return finding(
        'unsupported',
        'azure.hash-type',
        [{ artifact, path: report.runtime.hashType.path, ranges: report.runtime.hashType.ranges }],
        { params: { value: report.runtime.hashType.value } },
      )
    const values = {
      found: toHex(reportData.value),
      expected: runtimeDigest.value,
      hand: {
        kind: 'digest' as const,
        hash: runtimeDigest.hash,
        of: report.runtimeData.ranges.map((range) => ({ artifact, range })),
        equals: toHex(reportData.value).slice(0, runtimeDigest.value.length),
      },
    }
    if (!runtimeDigest.matches)
      return finding('fail', 'azure.runtime-data-differs', cites, { params: { hash: runtimeDigest.hash }, ...values })
    return finding('pass', 'azure.runtime-data-bound.holds', cites, {
      params: { hash: runtimeDigest.hash },
      ...values,
      proves: [{ from: 'report', to: 'runtime', by: 'hash' }],
      covers: [...report.runtimeData.ranges, ...reportData.ranges].map((range) => ({
        artifact,
        range,
        by: 'hash' as const,
      })),
    })
  },
}
