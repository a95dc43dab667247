import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedBundle } from '../prepare.ts'
import { hasRoots, rootsFinding, TUF } from './shared-tuf.ts'

/** Did enough keys of the root before, and enough of its own, sign each dropped root? */
export const tufRootsSigned: CheckDefinition<PreparedBundle> = {
  id: 'sigstore.tuf-roots-signed',
  layer: 5,
  answer: 'software',
  weight: 'notes',
  dependsOn: [],
  spec: TUF('5.3'),
  applies: (prepared) => hasRoots(prepared),
  run: (prepared) => rootsFinding(prepared),
}
