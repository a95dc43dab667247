import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedHclTd } from '../prepare.ts'
import { finding } from '../../../core/finding.ts'
import { HCL } from './shared.ts'

/** Is there a TD quote with the same user data and registers? The TDREPORT itself carries a MAC that only its own processor can check; the quote is what counts. */
export const tdReportVouchedFor: CheckDefinition<PreparedHclTd> = {
  id: 'azure.td-report-vouched-for',
  layer: 2,
  weight: 'decides',
  dependsOn: ['azure.report-whole'],
  spec: HCL('TD quote'),
  run({ decoded, artifact, quotes }) {
    const { report } = decoded
    if (!report) return finding('not-checked', 'azure.no-report', [])
    const { macStruct, tdInfo } = report.hardwareReport
    const cite = ({ path, ranges }: { readonly path: string; readonly ranges: typeof macStruct.mac.ranges }) => ({
      artifact,
      path,
      ranges,
    })
    const first = quotes.find((one) => one.differing.length === 0) ?? quotes.find((one) => one.isCarried) ?? quotes[0]
    if (!first)
      return {
        outcome: 'not-checked',
        because: say('azure.mac-only'),
        cites: [cite(macStruct.mac)],
        remedy: say('azure.remedy.quote'),
      }
    const data = first.item.facts.userData
    const cites = [
      cite(macStruct.reportData),
      ...(data ? [{ artifact: first.item.artifact, path: data.path, ranges: data.ranges }] : []),
    ]
    // A quote out of another file may be anybody's, whatever its user data: only one that came with the report speaks against it.
    if (first.differing.length > 0 && !first.isCarried)
      return {
        outcome: 'not-checked',
        because: say('azure.quote-of-another', { names: first.differing.join(', ') }, 'not-for-this'),
        cites,
        remedy: say('azure.remedy.quote'),
      }
    if (first.differing.length > 0)
      return finding(
        'fail',
        'azure.td-report-differs',
        [...cites, { artifact, path: tdInfo.$.path, ranges: [tdInfo.$.range] }],
        { params: { names: first.differing.join(', ') } },
      )
    const covers = [macStruct.reportData, tdInfo.mrTd, tdInfo.rtmr0, tdInfo.rtmr1, tdInfo.rtmr2, tdInfo.rtmr3].flatMap(
      (field) => field.ranges.map((range) => ({ artifact, range, by: 'hash' as const })),
    )
    return finding('pass', 'azure.td-report-vouched-for.holds', cites, {
      params: { name: first.item.name },
      binds: [first.item.artifact],
      covers,
    })
  },
}
