import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import { intClaim } from '../decoded.ts'
import type { PreparedCwt } from '../prepare.ts'
import { cite, EAT, unreadable } from './shared.ts'

/** Does the device say that debugging is off? */
export const debugIsDisabled: CheckDefinition<PreparedCwt> = {
  id: 'eat.debug-is-disabled',
  role: 'debug-mode',
  layer: 7,
  weight: 'decides',
  dependsOn: [],
  spec: EAT('4.2.9'),
  applies: ({ cwt }) => intClaim(cwt, 263, 'dbgstat') !== undefined,
  run(prepared) {
    const state = intClaim(prepared.cwt, 263, 'dbgstat')
    if (!state) return unreadable()
    const shown = {
      cites: cite(prepared, state.path, ...state.ranges),
      found: `dbgstat = ${state.value}`,
      expected: 'dbgstat = 1..4',
    }
    if (state.value === 0) return { outcome: 'fail', because: say('eat.debug', {}, 'debug'), ...shown }
    return state.value <= 4
      ? { outcome: 'pass', because: say('eat.debug-is-disabled.holds'), ...shown }
      : { outcome: 'not-checked', because: say('eat.debug-unknown', { value: state.value }), ...shown }
  },
}
