import { rangeOf } from '../../../core/place.ts'
import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import { hexOffset } from '../../../bytes/layout.ts'
import type { PreparedStatement } from '../prepare.ts'
import { cite, COSE } from './shared.ts'

/** Is it one whole signed COSE message, and nothing behind it? */
export const wellFormed: CheckDefinition<PreparedStatement> = {
  id: 'scitt.well-formed',
  layer: 1,
  weight: 'decides',
  dependsOn: [],
  spec: COSE('4.2'),
  run(prepared) {
    const { message, reading, slice } = prepared.cose
    // A longer form than the shortest is what was signed all the same.
    const problem = reading.problems.find(({ because }) => because.code !== 'not-shortest')
    if (problem) return { outcome: 'fail', because: problem.because, cites: cite(prepared, '', problem.range) }
    if (!message) return { outcome: 'fail', because: say('cose.structure'), cites: cite(prepared, '', rangeOf(slice)) }
    if (!message.payload)
      return { outcome: 'fail', because: say('cose.detached'), cites: cite(prepared, '[2]', rangeOf(slice)) }
    const count = slice.end - reading.end
    if (count > 0)
      return {
        outcome: 'fail',
        because: say('cbor.trailing', { count, at: hexOffset(reading.end) }),
        cites: cite(prepared, '', { space: slice.space, start: reading.end, end: slice.end }),
      }
    return { outcome: 'pass', because: say('scitt.well-formed.holds'), cites: [] }
  },
}
