import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import { FORMATS } from '../formats.ts'
import type { PreparedReport } from '../prepare.ts'
import { cite, NVTRUST, unreadable } from './shared.ts'

/** Does a list that names several devices name several? The same report again is the same device, and it counts once. */
export const devicesDistinct: CheckDefinition<PreparedReport> = {
  id: 'nvidia.devices-are-distinct',
  layer: 9,
  answer: 'genuine',
  weight: 'notes',
  dependsOn: [],
  spec: NVTRUST('validate_topology.py'),
  run(prepared, { items }) {
    const { report, subject } = prepared
    if (!report) return unreadable()
    const beside = items.filter((item) => item.format === FORMATS.report && item.parent === subject.parent)
    const cites = cite(prepared, 'report', report.$.slice)
    if (subject.parent === null || beside.length === 0)
      return { outcome: 'not-applicable', because: say('nvidia.device-alone'), cites: [] }
    const again = beside.filter((item) => item.sha256() === subject.sha256())
    const of = { of: beside.length + 1, again: again.length + 1 }
    return again.length > 0
      ? { outcome: 'fail', because: say('nvidia.devices-are-distinct.fails', of), cites }
      : { outcome: 'pass', because: say('nvidia.devices-are-distinct.holds', of), cites }
  },
}
