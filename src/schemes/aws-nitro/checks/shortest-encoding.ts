import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import { CBOR } from '../../../envelope/cose-questions.ts'
import type { PreparedNitro } from '../prepare.ts'
import { cite, unreadable } from './shared.ts'

/** Is every number written as short as it can be? The signature covers the bytes as they are, so this only says that another encoder was at work. */
export const shortestEncoding: CheckDefinition<PreparedNitro> = {
  id: 'nitro.shortest-encoding',
  layer: 1,
  weight: 'notes',
  dependsOn: [],
  spec: CBOR('4.1'),
  run(prepared) {
    const { payload, reading } = prepared.document
    if (!payload) return unreadable()
    const long = [...reading.problems, ...payload.reading.problems].find(
      (problem) => problem.because.code === 'not-shortest',
    )
    return long
      ? { outcome: 'warn', because: long.because, cites: cite(prepared, 'payload', long.range) }
      : { outcome: 'pass', because: say('nitro.shortest-encoding.holds'), cites: [] }
  },
}
