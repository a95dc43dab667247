import type { CheckDefinition } from '../../../core/scheme.ts'
import { CBOR, nothingBehind } from '../../../envelope/cose-questions.ts'
import type { PreparedCwt } from '../prepare.ts'
import { unreadable } from './shared.ts'

/** Does the file end with the token? */
export const nothingFollows: CheckDefinition<PreparedCwt> = {
  id: 'eat.nothing-follows',
  layer: 1,
  weight: 'notes',
  dependsOn: [],
  spec: CBOR('5.1'),
  run: (prepared) =>
    prepared.cwt.message ? nothingBehind(prepared.artifact, prepared.cwt, 'eat.nothing-follows.holds') : unreadable(),
}
