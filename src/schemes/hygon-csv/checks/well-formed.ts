import { rangeOf } from '../../../core/place.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedCsv } from '../prepare.ts'
import { finding } from '../../../core/finding.ts'
import { CSV } from './shared.ts'

/** Is every field there? */
export const wellFormed: CheckDefinition<PreparedCsv> = {
  id: 'csv.well-formed',
  layer: 1,
  weight: 'decides',
  dependsOn: [],
  spec: CSV('attestation report'),
  run({ subject, artifact }) {
    const { slice, value } = subject.decoded
    const cites = [{ artifact, path: '', ranges: [rangeOf(slice)] }]
    return value
      ? finding('pass', 'csv.well-formed.holds', cites)
      : finding('fail', 'csv.well-formed.fails', cites, { found: `${slice.end - slice.start} B` })
  },
}
