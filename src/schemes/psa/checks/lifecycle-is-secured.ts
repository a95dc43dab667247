import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import { lifecycleOf } from '../decoded.ts'
import { lifecycleName } from '../layout.ts'
import type { PreparedPsa } from '../prepare.ts'
import { cite, RFC9783, unreadable } from './shared.ts'

/** Is the device past its making and not under debug? */
export const lifecycleIsSecured: CheckDefinition<PreparedPsa> = {
  id: 'psa.lifecycle-is-secured',
  role: 'debug-mode',
  layer: 7,
  weight: 'decides',
  dependsOn: [],
  spec: RFC9783('4.3.1'),
  run(prepared) {
    const lifecycle = lifecycleOf(prepared.token)
    if (!lifecycle) return unreadable()
    const name = lifecycleName(lifecycle.value) ?? 'reserved'
    const shown = {
      cites: cite(prepared, lifecycle.path, ...lifecycle.ranges),
      found: `0x${lifecycle.value.toString(16).padStart(4, '0')} (${name})`,
      expected: '0x3000..0x30ff (secured)',
    }
    if (name === 'secured') return { outcome: 'pass', because: say('psa.lifecycle-is-secured.holds'), ...shown }
    if (name === 'recoverable PSA RoT debug')
      return { outcome: 'fail', because: say('psa.debug', {}, 'debug'), ...shown }
    return { outcome: 'warn', because: say('psa.lifecycle', { state: name }), ...shown }
  },
}
