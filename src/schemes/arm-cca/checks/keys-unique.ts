import type { CheckDefinition } from '../../../core/scheme.ts'
import { areKeysUnique, CBOR } from '../../../envelope/cose-questions.ts'
import type { PreparedCca } from '../prepare.ts'
import { parts, unreadable } from './shared.ts'

/** Does every key stand once? */
export const keysUnique: CheckDefinition<PreparedCca> = {
  id: 'cca.keys-unique',
  layer: 1,
  weight: 'decides',
  dependsOn: [],
  spec: CBOR('5.6'),
  run(prepared) {
    const all = parts(prepared)
    if (all.length === 0) return unreadable()
    const readings = [
      prepared.token.reading,
      ...all.flatMap((part) => [part.reading, ...(part.payload ? [part.payload.reading] : [])]),
    ]
    return areKeysUnique(prepared.artifact, '', readings, 'cca.keys-unique.holds')
  },
}
