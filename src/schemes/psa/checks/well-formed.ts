import { rangeOf } from '../../../core/place.ts'
import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import type { FindingCode } from '../../../core/verdict.ts'
import { hexOffset } from '../../../bytes/layout.ts'
import type { PreparedPsa } from '../prepare.ts'
import { cite, RFC9783 } from './shared.ts'

// Duplicate keys and long forms are questions of their own.
const OTHER_QUESTIONS: readonly (FindingCode | undefined)[] = ['duplicate-key', 'not-shortest']

/** Is it one whole COSE message with a whole map inside? */
export const wellFormed: CheckDefinition<PreparedPsa> = {
  id: 'psa.well-formed',
  layer: 1,
  weight: 'decides',
  dependsOn: [],
  spec: RFC9783('5.2'),
  run(prepared) {
    const { message, payload, reading, slice } = prepared.token
    const problem = [...reading.problems, ...(payload?.reading.problems ?? [])].find(
      (one) => !OTHER_QUESTIONS.includes(one.because.code),
    )
    if (problem) return { outcome: 'fail', because: problem.because, cites: cite(prepared, '', problem.range) }
    if (!message) return { outcome: 'fail', because: say('cose.structure'), cites: cite(prepared, '', rangeOf(slice)) }
    if (!message.payload)
      return { outcome: 'fail', because: say('cose.detached'), cites: cite(prepared, 'payload', rangeOf(slice)) }
    if (!payload)
      return {
        outcome: 'fail',
        because: say('cbor.not-a-map', { at: hexOffset(message.payload.start) }),
        cites: cite(prepared, 'payload', rangeOf(message.payload)),
      }
    const count = payload.slice.end - payload.reading.end
    if (count > 0)
      return {
        outcome: 'fail',
        because: say('cbor.trailing', { count, at: hexOffset(payload.reading.end) }),
        cites: cite(prepared, 'payload', {
          space: payload.slice.space,
          start: payload.reading.end,
          end: payload.slice.end,
        }),
      }
    return {
      outcome: 'pass',
      because: say('psa.well-formed.holds'),
      cites: cite(prepared, 'payload', rangeOf(message.payload)),
    }
  },
}
