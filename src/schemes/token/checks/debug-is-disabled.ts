import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import { debugOf } from '../facts.ts'
import type { PreparedToken } from '../prepare.ts'
import { citeOf, unreadable } from './shared.ts'

/** Does the service say that debugging is off? */
export const debugIsDisabled: CheckDefinition<PreparedToken> = {
  id: 'jwt.debug-is-disabled',
  role: 'debug-mode',
  layer: 7,
  weight: 'decides',
  dependsOn: [],
  spec: { title: 'RFC 9711', section: '4.2.9', url: 'https://www.rfc-editor.org/rfc/rfc9711' },
  applies: ({ token }) => debugOf(token) !== undefined,
  run(prepared) {
    const debug = debugOf(prepared.token)
    if (!debug) return unreadable()
    const shown = { cites: citeOf(prepared, debug), found: `${debug.path.replace(/^payload\./, '')}: ${debug.value}` }
    return debug.value
      ? { outcome: 'fail', because: say('jwt.debug', {}, 'debug'), ...shown }
      : { outcome: 'pass', because: say('jwt.debug-is-disabled.holds'), ...shown }
  },
}
