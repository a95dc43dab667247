import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import { toHex } from '../../../bytes/layout.ts'
import type { PreparedStatement } from '../prepare.ts'
import { SCITT } from './shared.ts'

/** Is what is stated here, or only its hash? */
export const payloadHere: CheckDefinition<PreparedStatement> = {
  id: 'scitt.payload-here',
  layer: 8,
  weight: 'notes',
  dependsOn: [],
  spec: SCITT('6'),
  applies: ({ cose }) => cose.hashed !== undefined,
  run({ artifact, content, cose }) {
    const { hashed } = cose
    const cites = hashed ? [{ artifact, path: hashed.digest.path, ranges: hashed.digest.ranges }] : []
    const found = hashed ? `${hashed.hash} ${toHex(hashed.digest.value)}` : ''
    return content
      ? { outcome: 'pass', because: say('scitt.payload-here.holds'), cites, found }
      : {
          outcome: 'not-checked',
          because: say('scitt.payload-is-a-hash'),
          cites,
          found,
          remedy: say('scitt.payload-is-a-hash.todo'),
        }
  },
}
