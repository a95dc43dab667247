import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedCorim } from '../prepare.ts'
import { cite, CORIM } from './shared.ts'

/** Does it say anything: an id and at least one tag? */
export const contentWhole: CheckDefinition<PreparedCorim> = {
  id: 'corim.content-whole',
  layer: 1,
  weight: 'decides',
  dependsOn: ['corim.well-formed'],
  spec: CORIM('4.1'),
  run(prepared) {
    const { corim } = prepared
    const cites = cite(prepared, '', corim.mapRange)
    if (!corim.map) return { outcome: 'fail', because: say('corim.content-empty'), cites }
    return corim.tags === 0
      ? { outcome: 'fail', because: say('corim.content-nothing'), cites }
      : {
          outcome: 'pass',
          because: say('corim.content-whole.holds', { groups: corim.groups.length, keys: corim.keys.length }),
          cites,
        }
  },
}
