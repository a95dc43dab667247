import { rangeOf } from '../../../core/place.ts'
import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import { isoOf } from '../../../bytes/der-node.ts'
import type { PreparedList } from '../prepare.ts'

/** Is the instant before the end that the list gives? */
export const inDate: CheckDefinition<PreparedList> = {
  id: 'reference-list.in-date',
  layer: 5,
  answer: 'software',
  weight: 'decides',
  dependsOn: [],
  spec: { title: 'RFC 9334', section: '10' },
  applies: ({ list }) => list.expires !== undefined,
  run({ artifact, list }, { at }) {
    const cites = [{ artifact, path: 'expiration', ranges: [rangeOf(list.slice)] }]
    const found = list.expires === undefined ? '' : isoOf(list.expires)
    return at <= (list.expires ?? Infinity)
      ? { outcome: 'pass', because: say('reference-list.in-date.holds'), cites, found }
      : { outcome: 'not-checked', because: say('reference-list.stale'), code: 'collateral-expired', cites, found }
  },
}
