import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedNote } from '../prepare.ts'

/** Is debug mode off? */
export const notDebug: CheckDefinition<PreparedNote> = {
  id: 'example.not-debug',
  role: 'debug-mode',
  layer: 7,
  weight: 'decides',
  dependsOn: [],
  spec: { title: 'The example format', section: '3' },
  run({ decoded, artifact }) {
    const flags = decoded.signed?.note.flags
    if (!flags) return { outcome: 'not-checked', because: say('example.nothing-to-verify'), cites: [] }
    const cites = [{ artifact, path: flags.path, ranges: flags.ranges }]
    return flags.flags.DEBUG === 1
      ? {
          outcome: 'fail',
          because: say('example.debug', {}, 'debug'),
          cites,
          found: 'DEBUG = 1',
          expected: 'DEBUG = 0',
        }
      : { outcome: 'pass', because: say('example.not-debug.holds'), cites, found: 'DEBUG = 0', expected: 'DEBUG = 0' }
  },
}
