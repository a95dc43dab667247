import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedLegacy } from '../prepare.ts'
import { finding } from '../../../core/finding.ts'
import { SEV } from './shared.ts'

/** Is every field there? */
export const subjectWhole: CheckDefinition<PreparedLegacy> = {
  id: 'sev.subject-whole',
  layer: 1,
  weight: 'decides',
  dependsOn: [],
  spec: SEV('appendices B and C'),
  run({ subject, artifact }) {
    const { slice, value } = subject.decoded
    const cites = [
      { artifact, path: '', ranges: [value?.$.range ?? { space: slice.space, start: slice.start, end: slice.end }] },
    ]
    return value
      ? finding('pass', 'sev.subject-whole.holds', cites)
      : finding('fail', 'sev.subject-whole.fails', cites, { params: { have: slice.end - slice.start } })
  },
}
