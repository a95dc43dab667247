import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedPsa } from '../prepare.ts'
import { CBOR, cite, unreadable } from './shared.ts'

/** Does every key stand once? */
export const keysUnique: CheckDefinition<PreparedPsa> = {
  id: 'psa.keys-unique',
  layer: 1,
  weight: 'decides',
  dependsOn: [],
  spec: CBOR('5.6'),
  run(prepared) {
    const { payload, reading } = prepared.token
    if (!payload) return unreadable()
    const twice = [...payload.reading.problems, ...reading.problems].filter(
      (problem) => problem.because.code === 'duplicate-key',
    )
    const first = twice[0]
    return first
      ? {
          outcome: 'fail',
          because: first.because,
          cites: cite(prepared, 'payload', ...twice.slice(0, 2).map((problem) => problem.range)),
        }
      : { outcome: 'pass', because: say('psa.keys-unique.holds'), cites: [] }
  },
}
