import type { CheckDefinition } from '../../../core/scheme.ts'
import { CBOR, nothingBehind } from '../../../envelope/cose-questions.ts'
import type { PreparedCca } from '../prepare.ts'
import { unreadable } from './shared.ts'

/** Does the file end with the token? */
export const nothingFollows: CheckDefinition<PreparedCca> = {
  id: 'cca.nothing-follows',
  layer: 1,
  weight: 'notes',
  dependsOn: [],
  spec: CBOR('5.1'),
  run: (prepared) =>
    prepared.token.reading.isWhole
      ? nothingBehind(prepared.artifact, prepared.token, 'cca.nothing-follows.holds')
      : unreadable(),
}
