import { rangeOf } from '../../../core/place.ts'
import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedList } from '../prepare.ts'

/** Does the list name registers with values that could be theirs? */
export const namesRegisters: CheckDefinition<PreparedList> = {
  id: 'reference-list.names-registers',
  layer: 1,
  weight: 'decides',
  dependsOn: [],
  spec: { title: 'RFC 9334', section: '8.3' },
  run({ artifact, list }) {
    const cites = [{ artifact, path: '', ranges: [rangeOf(list.slice)] }]
    if (!list.isJson) return { outcome: 'fail', because: say('reference-list.not-json'), cites }
    const count = list.groups.length
    return count === 0
      ? { outcome: 'not-checked', because: say('reference-list.nothing'), cites }
      : { outcome: 'pass', because: say('reference-list.names-registers.holds', { count }), cites }
  },
}
