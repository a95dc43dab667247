import type { CheckDefinition } from '../../../core/scheme.ts'
import { rangeOf } from '../../../core/place.ts'
import type { PreparedQca } from '../prepare.ts'
import { finding } from '../../../core/finding.ts'
import { cite, QCA } from './shared.ts'

/** Is everything there once? A name that stands twice reads differently to different programs. */
export const wellFormed: CheckDefinition<PreparedQca> = {
  id: 'qca.well-formed',
  layer: 1,
  weight: 'decides',
  dependsOn: [],
  spec: QCA('members of a report'),
  run({ artifact, report }) {
    const ak = report.endorsement?.kind === 'drk' ? report.endorsement.certificate : undefined
    const whole = [{ artifact, path: '', ranges: [rangeOf(report.slice)] }]
    const repeated = report.repeated ?? ak?.repeated
    if (repeated)
      return finding('fail', 'qca.repeated', [cite(artifact, repeated)], {
        params: { name: repeated.value.slice(0, 80) },
      })
    const missing = [...report.missing, ...(ak?.missing ?? [])]
    if (missing.length > 0)
      return finding('fail', 'qca.missing', whole, { params: { names: missing.slice(0, 6).join(', ').slice(0, 200) } })
    return finding('pass', 'qca.well-formed.holds', whole)
  },
}
