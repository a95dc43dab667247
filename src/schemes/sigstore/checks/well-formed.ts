import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedBundle } from '../prepare.ts'
import { BUNDLE, cite } from './shared.ts'

/** Is it JSON without repeated names, with one content, one kind of material and numbers that are numbers? */
export const wellFormed: CheckDefinition<PreparedBundle> = {
  id: 'sigstore.well-formed',
  layer: 1,
  weight: 'decides',
  dependsOn: [],
  spec: BUNDLE('Bundle'),
  run(prepared) {
    const { bundle } = prepared
    const [problem] = bundle.problems
    if (problem) return { outcome: 'fail', because: problem.because, cites: cite(prepared, '', problem.range) }
    const [fault] = bundle.faults
    if (fault) return { outcome: 'fail', because: say(fault.text), cites: cite(prepared, '', fault.range) }
    const malformed = bundle.entries.find(({ isMalformed }) => isMalformed)
    if (malformed)
      return {
        outcome: 'fail',
        because: say('sigstore.form.number'),
        cites: cite(prepared, 'verificationMaterial.tlogEntries', malformed.range),
      }
    return { outcome: 'pass', because: say('sigstore.well-formed.holds'), cites: [] }
  },
}
