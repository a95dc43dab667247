import { rangeOf } from '../../../core/place.ts'
import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedReport } from '../prepare.ts'
import { cite, SPDM } from './shared.ts'

/** Is it a whole request and response, whose lengths agree, each index once? */
export const wellFormed: CheckDefinition<PreparedReport> = {
  id: 'nvidia.report-well-formed',
  layer: 1,
  weight: 'decides',
  dependsOn: [],
  spec: SPDM('10.11'),
  run(prepared) {
    const { report } = prepared
    if (!report) return { outcome: 'fail', because: say('nvidia.report-well-formed.fails'), cites: [] }
    const { record, recordLength, opaque } = report.response
    const cites = cite(prepared, 'report', report.$.slice)
    const range = record.$.range
    if (range.end - range.start !== recordLength.value)
      return {
        outcome: 'fail',
        because: say('nvidia.record-length', { stated: recordLength.value, found: range.end - range.start }),
        cites: [{ artifact: prepared.artifact, path: 'report.response.recordLength', ranges: recordLength.ranges }],
      }
    const odd = record.items.find((one) => one.size.value !== one.valueSize.value + 3)
    if (odd) return { outcome: 'fail', because: say('nvidia.block-length', { index: odd.index.value }), cites }
    const indices = record.items.map((one) => one.index.value)
    const twice = indices.find((index, at) => indices.indexOf(index) !== at)
    if (twice !== undefined) return { outcome: 'fail', because: say('nvidia.index-twice', { index: twice }), cites }
    const { rest } = opaque.content
    if (rest.start < rest.end)
      return {
        outcome: 'fail',
        because: say('nvidia.opaque-rest', { count: rest.end - rest.start }),
        cites: [{ artifact: prepared.artifact, path: 'report.response.opaque', ranges: [rangeOf(rest)] }],
      }
    return { outcome: 'pass', because: say('nvidia.report-well-formed.holds', { count: indices.length }), cites }
  },
}
