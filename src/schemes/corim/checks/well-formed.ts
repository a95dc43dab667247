import { rangeOf } from '../../../core/place.ts'
import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import { hexOffset } from '../../../bytes/layout.ts'
import type { PreparedCorim } from '../prepare.ts'
import { cite, CORIM } from './shared.ts'

/** Is it one whole item, signed where it should be, with nothing behind it? */
export const wellFormed: CheckDefinition<PreparedCorim> = {
  id: 'corim.well-formed',
  layer: 1,
  weight: 'decides',
  dependsOn: [],
  spec: CORIM('4'),
  run(prepared) {
    const { reading, message, isSigned, slice } = prepared.corim
    const problem = reading.problems.find(({ because }) => because.code !== 'not-shortest')
    if (problem) return { outcome: 'fail', because: problem.because, cites: cite(prepared, '', problem.range) }
    if (isSigned && !message)
      return { outcome: 'fail', because: say('cose.structure'), cites: cite(prepared, '', rangeOf(slice)) }
    const fault = message?.faults[0]
    if (message && fault)
      return { outcome: 'fail', because: fault, cites: cite(prepared, 'protected', rangeOf(message.protectedBytes)) }
    const count = slice.end - reading.end
    if (count > 0)
      return {
        outcome: 'fail',
        because: say('cbor.trailing', { count, at: hexOffset(reading.end) }),
        cites: cite(prepared, '', { space: slice.space, start: reading.end, end: slice.end }),
      }
    return { outcome: 'pass', because: say('corim.well-formed.holds'), cites: [] }
  },
}
