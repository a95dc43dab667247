import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedLocal } from '../prepare-local.ts'
import { SPEC } from './shared.ts'

/** Do both inner digests of a TDREPORT belong to its parts? */
export const tdreportHashes: CheckDefinition<PreparedLocal> = {
  id: 'intel.tdreport-hashes',
  layer: 2,
  weight: 'decides',
  dependsOn: [],
  spec: SPEC.module('REPORTMACSTRUCT'),
  applies: ({ kind }) => kind === 'tdreport',
  run({ hashes, artifact }) {
    const wrong = hashes.find((one) => !one.holds)
    if (wrong)
      return {
        outcome: 'fail',
        because: say('intel.tdreport-hashes.fails', { name: wrong.name }),
        cites: [{ artifact, path: wrong.path, ranges: [wrong.range, wrong.hashed] }],
        found: wrong.found,
        expected: wrong.expected,
      }
    if (hashes.length < 2) return { outcome: 'not-checked', because: say('intel.unreadable'), cites: [] }
    return {
      outcome: 'pass',
      because: say('intel.tdreport-hashes.holds'),
      cites: hashes.map((one) => ({ artifact, path: one.path, ranges: [one.range] })),
      covers: hashes.flatMap((one) => [
        { artifact, range: one.hashed, by: 'hash' as const },
        { artifact, range: one.range, by: 'hash' as const },
      ]),
    }
  },
}
