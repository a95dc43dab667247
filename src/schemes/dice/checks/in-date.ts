import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedDice } from '../prepare.ts'
import { TCG, whole } from './shared.ts'

/** Are the certificates valid at the time asked for? Most of DICE say that they never end. */
export const inDate: CheckDefinition<PreparedDice> = {
  id: 'dice.in-date',
  layer: 3,
  weight: 'decides',
  dependsOn: [],
  spec: TCG('7'),
  applies: ({ dice }) => dice.certificate !== undefined,
  run(prepared) {
    const [outside] = prepared.outside
    return outside
      ? { outcome: 'not-checked', because: outside.because, cites: whole(prepared) }
      : { outcome: 'pass', because: say('dice.in-date.holds'), cites: whole(prepared) }
  },
}
