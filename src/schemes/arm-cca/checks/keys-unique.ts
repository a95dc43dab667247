import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedCca } from '../prepare.ts'
import { CBOR, cite, parts, unreadable } from './shared.ts'

/** Does every key stand once? */
export const keysUnique: CheckDefinition<PreparedCca> = {
  id: 'cca.keys-unique',
  layer: 1,
  weight: 'decides',
  dependsOn: [],
  spec: CBOR('5.6'),
  run(prepared) {
    const all = parts(prepared)
    if (all.length === 0) return unreadable()
    const twice = [
      prepared.token.reading,
      ...all.flatMap((part) => [part.reading, ...(part.payload ? [part.payload.reading] : [])]),
    ]
      .flatMap((reading) => reading.problems)
      .filter((problem) => problem.because.code === 'duplicate-key')
    const first = twice[0]
    return first
      ? {
          outcome: 'fail',
          because: first.because,
          cites: cite(prepared, '', ...twice.slice(0, 2).map((problem) => problem.range)),
        }
      : { outcome: 'pass', because: say('cca.keys-unique.holds'), cites: [] }
  },
}
