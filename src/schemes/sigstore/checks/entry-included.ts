import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedBundle } from '../prepare.ts'
import { CT, stepFinding } from './shared.ts'

/** Does the path of hashes lead from the entry to the root of the tree? */
export const entryIncluded: CheckDefinition<PreparedBundle> = {
  id: 'sigstore.entry-included',
  layer: 2,
  weight: 'decides',
  dependsOn: [],
  spec: CT('2.1.1'),
  applies: ({ entries }) => entries.some(({ inclusion }) => inclusion.state !== 'missing'),
  run: (prepared) =>
    stepFinding(
      { ...prepared, entries: prepared.entries.filter(({ inclusion }) => inclusion.state !== 'missing') },
      'sigstore.entry-included',
      ({ inclusion }) => inclusion,
      ({ entry }) =>
        [entry.proof?.rootHash, entry.body, ...(entry.proof?.hashes ?? [])].flatMap((one) => one?.located.ranges ?? []),
    ),
}
