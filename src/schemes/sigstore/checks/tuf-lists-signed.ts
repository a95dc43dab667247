import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedBundle } from '../prepare.ts'
import { hasLists, listsFinding, TUF } from './shared-tuf.ts'

/** Did those whom the newest root names sign the lists of files? */
export const tufListsSigned: CheckDefinition<PreparedBundle> = {
  id: 'sigstore.tuf-lists-signed',
  layer: 5,
  answer: 'software',
  weight: 'notes',
  dependsOn: [],
  spec: TUF('5.4–5.6'),
  applies: (prepared) => hasLists(prepared),
  run: (prepared) => listsFinding(prepared),
}
