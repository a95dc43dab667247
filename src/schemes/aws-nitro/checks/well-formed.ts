import type { CheckDefinition } from '../../../core/scheme.ts'
import { CBOR, isWholeMessage } from '../../../envelope/cose-questions.ts'
import type { PreparedNitro } from '../prepare.ts'

/** Is it one whole COSE message with a whole map in it? */
export const wellFormed: CheckDefinition<PreparedNitro> = {
  id: 'nitro.well-formed',
  layer: 1,
  weight: 'decides',
  dependsOn: [],
  spec: CBOR('5.3'),
  run: (prepared) => isWholeMessage(prepared.artifact, prepared.document, 'nitro.well-formed.holds'),
}
