import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import { isoOf } from '../../../bytes/der-node.ts'
import type { PreparedBundle } from '../prepare.ts'
import { cite, CLIENT } from './shared.ts'

/** Does somebody else than the signer say when it was signed? */
export const signingTimeKnown: CheckDefinition<PreparedBundle> = {
  id: 'sigstore.signing-time-known',
  layer: 2,
  weight: 'decides',
  dependsOn: [],
  spec: CLIENT('4.2'),
  run(prepared) {
    const { time, timestampFault, timestampOpen, bundle } = prepared
    const cites = bundle.timestamps.flatMap(({ located }) => cite(prepared, located.path, ...located.ranges))
    // A stamp that the bundle carries and that is somebody else's breaks it, whatever the log says.
    if (timestampFault) return { outcome: 'fail', because: timestampFault, cites }
    if (time)
      return {
        outcome: 'pass',
        because: say(time.by === 'log' ? 'sigstore.signing-time-known.holds' : 'sigstore.time-by-stamp', {
          at: isoOf(time.at),
        }),
        cites,
        covers: cites.flatMap(({ artifact, ranges }) =>
          time.by === 'log' ? [] : ranges.map((range) => ({ artifact, range, by: 'endorsement' as const })),
        ),
      }
    return { outcome: 'not-checked', because: timestampOpen ?? say('sigstore.time-unknown'), cites }
  },
}
