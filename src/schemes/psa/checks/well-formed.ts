import type { CheckDefinition } from '../../../core/scheme.ts'
import { isWholeMessage } from '../../../envelope/cose-questions.ts'
import type { PreparedPsa } from '../prepare.ts'
import { RFC9783 } from './shared.ts'

/** Is it one whole COSE message with a whole map inside? */
export const wellFormed: CheckDefinition<PreparedPsa> = {
  id: 'psa.well-formed',
  layer: 1,
  weight: 'decides',
  dependsOn: [],
  spec: RFC9783('5.2'),
  run: (prepared) => isWholeMessage(prepared.artifact, prepared.token, 'psa.well-formed.holds'),
}
