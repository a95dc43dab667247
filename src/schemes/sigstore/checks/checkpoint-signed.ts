import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedBundle } from '../prepare.ts'
import { CLIENT, stepFinding } from './shared.ts'

/** Did the log sign the note that holds the proof's own root and size? */
export const checkpointSigned: CheckDefinition<PreparedBundle> = {
  id: 'sigstore.checkpoint-signed',
  layer: 2,
  weight: 'decides',
  dependsOn: ['sigstore.entry-included'],
  spec: CLIENT('4.3.3'),
  applies: ({ entries }) => entries.some(({ checkpoint }) => checkpoint.state !== 'missing'),
  run: (prepared) =>
    stepFinding(
      { ...prepared, entries: prepared.entries.filter(({ checkpoint }) => checkpoint.state !== 'missing') },
      'sigstore.checkpoint-signed',
      ({ checkpoint }) => checkpoint,
      ({ entry }) => entry.proof?.checkpoint?.ranges ?? [],
    ),
}
