import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedBundle } from '../prepare.ts'
import { IN_TOTO } from './shared.ts'

/** Is the payload an in-toto statement that names at least one file by its digest? */
export const statementWellFormed: CheckDefinition<PreparedBundle> = {
  id: 'sigstore.statement-well-formed',
  layer: 1,
  weight: 'decides',
  dependsOn: [],
  spec: IN_TOTO('statement'),
  applies: ({ bundle }) => bundle.envelope !== undefined,
  run({ artifact, bundle, inToto }) {
    const payload = bundle.envelope?.payload
    const cites = payload ? [{ artifact, path: payload.located.path, ranges: payload.located.ranges }] : []
    if (!payload || !inToto) return { outcome: 'fail', because: say('sigstore.statement.payload'), cites }
    if (bundle.envelope?.payloadType?.value !== 'application/vnd.in-toto+json')
      return {
        outcome: 'unsupported',
        because: say('sigstore.statement.other-type', {
          type: (bundle.envelope?.payloadType?.value ?? '').slice(0, 100),
        }),
        cites,
      }
    return inToto.fault
      ? { outcome: 'fail', because: say(`sigstore.statement.${inToto.fault}`), cites }
      : {
          outcome: 'pass',
          because: say('sigstore.statement-well-formed.holds', {
            count: inToto.files.length,
            type: inToto.predicateType,
          }),
          cites,
        }
  },
}
