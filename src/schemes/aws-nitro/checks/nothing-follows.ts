import type { CheckDefinition } from '../../../core/scheme.ts'
import { CBOR, nothingBehind } from '../../../envelope/cose-questions.ts'
import type { PreparedNitro } from '../prepare.ts'
import { unreadable } from './shared.ts'

/** Does the file end with the document? What follows is covered by nothing. */
export const nothingFollows: CheckDefinition<PreparedNitro> = {
  id: 'nitro.nothing-follows',
  layer: 1,
  weight: 'notes',
  dependsOn: [],
  spec: CBOR('5.1'),
  run: (prepared) =>
    prepared.document.message
      ? nothingBehind(prepared.artifact, prepared.document, 'nitro.nothing-follows.holds')
      : unreadable(),
}
