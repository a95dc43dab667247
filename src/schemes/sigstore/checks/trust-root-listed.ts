import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedBundle } from '../prepare.ts'
import { hasMetadata, listedFinding, TUF } from './shared-tuf.ts'

/** Is the dropped trust root the one that the signed list names? */
export const trustRootListed: CheckDefinition<PreparedBundle> = {
  id: 'sigstore.trust-root-listed',
  layer: 5,
  answer: 'software',
  weight: 'notes',
  dependsOn: [],
  spec: TUF('5.7'),
  applies: (prepared) => hasMetadata(prepared) || prepared.given.length > 0,
  run: (prepared) => listedFinding(prepared),
}
