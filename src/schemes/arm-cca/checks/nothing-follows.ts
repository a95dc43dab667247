import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import { hexOffset } from '../../../bytes/layout.ts'
import type { PreparedCca } from '../prepare.ts'
import { CBOR, cite, unreadable } from './shared.ts'

/** Does the file end with the token? */
export const nothingFollows: CheckDefinition<PreparedCca> = {
  id: 'cca.nothing-follows',
  layer: 1,
  weight: 'notes',
  dependsOn: [],
  spec: CBOR('5.1'),
  run(prepared) {
    const { reading, slice } = prepared.token
    if (!reading.isWhole) return unreadable()
    const count = slice.end - reading.end
    return count > 0
      ? {
          outcome: 'warn',
          because: say('cbor.trailing', { count, at: hexOffset(reading.end) }),
          cites: cite(prepared, ':trailing', { space: slice.space, start: reading.end, end: slice.end }),
          found: String(count),
          expected: '0',
        }
      : { outcome: 'pass', because: say('cca.nothing-follows.holds'), cites: [] }
  },
}
