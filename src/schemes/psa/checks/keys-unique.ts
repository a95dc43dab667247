import type { CheckDefinition } from '../../../core/scheme.ts'
import { areKeysUnique, CBOR } from '../../../envelope/cose-questions.ts'
import type { PreparedPsa } from '../prepare.ts'
import { unreadable } from './shared.ts'

/** Does every key stand once? */
export const keysUnique: CheckDefinition<PreparedPsa> = {
  id: 'psa.keys-unique',
  layer: 1,
  weight: 'decides',
  dependsOn: [],
  spec: CBOR('5.6'),
  run(prepared) {
    const { payload, reading } = prepared.token
    if (!payload) return unreadable()
    const readings = [payload.reading, reading]
    return areKeysUnique(prepared.artifact, 'payload', readings, 'psa.keys-unique.holds')
  },
}
