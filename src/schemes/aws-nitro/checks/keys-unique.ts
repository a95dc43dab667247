import type { CheckDefinition } from '../../../core/scheme.ts'
import { areKeysUnique, CBOR } from '../../../envelope/cose-questions.ts'
import type { PreparedNitro } from '../prepare.ts'
import { unreadable } from './shared.ts'

/** Does every key stand once? Readers differ on which of two counts, so two readers could see two documents under one signature. */
export const keysUnique: CheckDefinition<PreparedNitro> = {
  id: 'nitro.keys-unique',
  layer: 1,
  weight: 'decides',
  dependsOn: [],
  spec: CBOR('5.6'),
  run(prepared) {
    const { payload, reading } = prepared.document
    if (!payload) return unreadable()
    const readings = [payload.reading, reading]
    return areKeysUnique(prepared.artifact, 'payload', readings, 'nitro.keys-unique.holds', payload.reading.item?.range)
  },
}
