import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedNote } from '../prepare.ts'

/** Is every field of the note there? */
export const wellFormed: CheckDefinition<PreparedNote> = {
  id: 'example.well-formed',
  layer: 1,
  weight: 'decides',
  dependsOn: [],
  spec: { title: 'The example format', section: '1' },
  run: ({ decoded, artifact }) =>
    decoded.signed
      ? {
          outcome: 'pass',
          because: say('example.well-formed.holds'),
          cites: [{ artifact, path: 'note', ranges: [decoded.signed.note.$.range] }],
        }
      : { outcome: 'fail', because: say('example.well-formed.fails'), cites: [] },
}
