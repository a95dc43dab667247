import type { CheckDefinition } from '../../../core/scheme.ts'
import { CBOR, nothingBehind } from '../../../envelope/cose-questions.ts'
import type { PreparedPsa } from '../prepare.ts'
import { unreadable } from './shared.ts'

/** Does the file end with the token? */
export const nothingFollows: CheckDefinition<PreparedPsa> = {
  id: 'psa.nothing-follows',
  layer: 1,
  weight: 'notes',
  dependsOn: [],
  spec: CBOR('5.1'),
  run: (prepared) =>
    prepared.token.message
      ? nothingBehind(prepared.artifact, prepared.token, 'psa.nothing-follows.holds')
      : unreadable(),
}
