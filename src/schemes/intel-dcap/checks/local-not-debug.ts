import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedLocal } from '../prepare-local.ts'
import { SPEC } from './shared.ts'

/** Is debug mode off, as far as the report says? */
export const localNotDebug: CheckDefinition<PreparedLocal> = {
  id: 'intel.report-not-debug',
  role: 'debug-mode',
  layer: 7,
  weight: 'decides',
  dependsOn: [],
  spec: SPEC.module('ATTRIBUTES'),
  run({ flags, artifact }) {
    if (!flags) return { outcome: 'not-checked', because: say('intel.unreadable'), cites: [] }
    const common = {
      cites: [{ artifact, path: flags.path, ranges: flags.ranges }],
      found: `DEBUG = ${flags.isDebug ? 1 : 0}`,
      expected: 'DEBUG = 0',
    }
    return flags.isDebug
      ? { outcome: 'fail', because: say('intel.debug', {}, 'debug'), ...common }
      : { outcome: 'pass', because: say('intel.report-not-debug.holds'), ...common }
  },
}
