import type { CheckDefinition } from '../../../core/scheme.ts'
import { areKeysUnique, CBOR } from '../../../envelope/cose-questions.ts'
import type { PreparedCwt } from '../prepare.ts'
import { unreadable } from './shared.ts'

/** Does every key stand once? */
export const keysUnique: CheckDefinition<PreparedCwt> = {
  id: 'eat.keys-unique',
  layer: 1,
  weight: 'decides',
  dependsOn: [],
  spec: CBOR('5.6'),
  run(prepared) {
    const { payload, reading } = prepared.cwt
    if (!payload) return unreadable()
    const readings = [payload.reading, reading]
    return areKeysUnique(prepared.artifact, 'payload', readings, 'eat.keys-unique.holds')
  },
}
