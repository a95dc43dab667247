import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedBundle } from '../prepare.ts'
import { CLIENT, stepFinding } from './shared.ts'

/** Did the log sign its promise to keep this entry, with its time? */
export const setSigned: CheckDefinition<PreparedBundle> = {
  id: 'sigstore.set-signed',
  layer: 2,
  weight: 'decides',
  dependsOn: [],
  spec: CLIENT('4.3.2'),
  applies: ({ entries }) => entries.some(({ promise }) => promise.state !== 'missing'),
  run: (prepared) =>
    stepFinding(
      { ...prepared, entries: prepared.entries.filter(({ promise }) => promise.state !== 'missing') },
      'sigstore.set-signed',
      ({ promise }) => promise,
      ({ entry }) => [entry.promise, entry.body].flatMap((one) => one?.located.ranges ?? []),
    ),
}
