import { rangeOf } from '../../../core/place.ts'
import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedStatement } from '../prepare.ts'
import { cite, COSE } from './shared.ts'

/** What may stand in `crit` because it is read here. */
const READ: readonly string[] = ['258', '259', '15', '33', '34']

/** Does the signed header name its algorithm, and is everything in it understood that must be? */
export const headerUnderstood: CheckDefinition<PreparedStatement> = {
  id: 'scitt.header-understood',
  layer: 1,
  weight: 'decides',
  dependsOn: [],
  spec: COSE('3.1'),
  applies: ({ cose }) => cose.message !== undefined,
  run(prepared) {
    const { message, critical, attested } = prepared.cose
    const cites = message ? cite(prepared, '[0]', rangeOf(message.protectedBytes)) : []
    // `crit` counts in the signed header only.
    const isSigned = critical.length > 0
    const fault = message?.faults.find(({ code }) => code !== 'critical-header' || !isSigned)
    if (fault) return { outcome: 'fail', because: fault, cites }
    const unknown = critical.filter((label) => !READ.includes(label) && label !== attested?.label)
    return unknown.length > 0
      ? { outcome: 'fail', because: say('scitt.critical-unknown', { labels: unknown.join(', ').slice(0, 200) }), cites }
      : { outcome: 'pass', because: say('scitt.header-understood.holds'), cites }
  },
}
