import type { CheckDefinition } from '../../../core/scheme.ts'
import { isWholeMessage } from '../../../envelope/cose-questions.ts'
import type { PreparedCwt } from '../prepare.ts'
import { CWT } from './shared.ts'

/** Is it one whole COSE message with a whole map inside? */
export const wellFormed: CheckDefinition<PreparedCwt> = {
  id: 'eat.well-formed',
  layer: 1,
  weight: 'decides',
  dependsOn: [],
  spec: CWT('7.2'),
  run: (prepared) => isWholeMessage(prepared.artifact, prepared.cwt, 'eat.well-formed.holds'),
}
