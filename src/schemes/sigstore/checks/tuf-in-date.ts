import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedBundle } from '../prepare.ts'
import { hasMetadata, endsFinding, TUF } from './shared-tuf.ts'

/** Had nothing of the metadata ended at the instant asked for? */
export const tufInDate: CheckDefinition<PreparedBundle> = {
  id: 'sigstore.tuf-in-date',
  layer: 5,
  answer: 'software',
  weight: 'notes',
  dependsOn: [],
  spec: TUF('5.3.10'),
  applies: (prepared) => hasMetadata(prepared),
  run: (prepared, { at }) => endsFinding(prepared, at),
}
