import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import { lifecycleOf } from '../decoded.ts'
import { lifecycleName } from '../layout.ts'
import type { PreparedCca } from '../prepare.ts'
import { cite, RMM } from './shared.ts'

/** Is the platform past its making and not under debug? */
export const lifecycleIsSecured: CheckDefinition<PreparedCca> = {
  id: 'cca.lifecycle-is-secured',
  role: 'debug-mode',
  layer: 7,
  weight: 'decides',
  dependsOn: [],
  spec: RMM('A7.2.3'),
  applies: ({ token }) => token.kind !== 'virt',
  run(prepared) {
    const lifecycle = lifecycleOf(prepared.token)
    if (!lifecycle)
      return {
        outcome: 'not-checked',
        because: say(prepared.token.platform ? 'cca.unreadable' : 'cca.platform-missing'),
        cites: [],
      }
    const name = lifecycleName(lifecycle.value) ?? 'reserved'
    const found = `0x${lifecycle.value.toString(16).padStart(4, '0')} (${name})`
    const shown = {
      cites: cite(prepared, lifecycle.path, ...lifecycle.ranges),
      found,
      expected: '0x3000..0x30ff (secured)',
    }
    if (name === 'secured') return { outcome: 'pass', because: say('cca.lifecycle-is-secured.holds'), ...shown }
    // Under recoverable debug the parts that protect realms can be read and changed.
    if (name === 'recoverable CCA platform debug')
      return { outcome: 'fail', because: say('cca.debug', {}, 'debug'), ...shown }
    return { outcome: 'warn', because: say('cca.lifecycle', { state: name }), ...shown }
  },
}
