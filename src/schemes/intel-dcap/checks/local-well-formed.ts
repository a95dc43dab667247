import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedLocal } from '../prepare-local.ts'
import { SPEC } from './shared.ts'

/** Is the report whole? */
export const localWellFormed: CheckDefinition<PreparedLocal> = {
  id: 'intel.report-well-formed',
  layer: 1,
  weight: 'decides',
  dependsOn: [],
  spec: SPEC.enclave('REPORT'),
  applies: ({ kind }) => kind !== 'headless',
  run: ({ malformed, artifact, whole }) =>
    malformed
      ? { outcome: 'fail', because: malformed, cites: [{ artifact, path: '', ranges: [whole] }] }
      : {
          outcome: 'pass',
          because: say('intel.report-well-formed.holds'),
          cites: [{ artifact, path: '', ranges: [whole] }],
        },
}
