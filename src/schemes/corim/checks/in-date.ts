import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import { isoOf } from '../../../bytes/der-node.ts'
import type { PreparedCorim } from '../prepare.ts'
import { cite, CORIM } from './shared.ts'

/** Is the instant within its own dates? */
export const inDate: CheckDefinition<PreparedCorim> = {
  id: 'corim.in-date',
  layer: 5,
  answer: 'software',
  weight: 'decides',
  dependsOn: [],
  spec: CORIM('4.1.3'),
  applies: ({ corim }) => corim.validity.length > 0,
  run(prepared, { at }) {
    const { validity } = prepared.corim
    const cites = validity.flatMap(({ range }) => cite(prepared, 'validity', range))
    const found = validity
      .map(({ from, to }) => `${from === undefined ? '' : isoOf(from)} – ${to === undefined ? '' : isoOf(to)}`)
      .join('\n')
    if (validity.some(({ from }) => from !== undefined && at < from))
      return { outcome: 'not-checked', because: say('corim.early'), code: 'not-yet-valid', cites, found }
    return validity.some(({ to }) => to !== undefined && at > to)
      ? {
          outcome: 'not-checked',
          because: say('corim.stale'),
          remedy: say('corim.get-current'),
          code: 'collateral-expired',
          cites,
          found,
        }
      : { outcome: 'pass', because: say('corim.in-date.holds'), cites, found }
  },
}
