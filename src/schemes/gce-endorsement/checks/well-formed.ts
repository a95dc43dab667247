import { rangeOf } from '../../../core/place.ts'
import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedEndorsement } from '../prepare.ts'
import { GCE } from './shared.ts'

/** Is it one whole message that names measurements? */
export const wellFormed: CheckDefinition<PreparedEndorsement> = {
  id: 'gce.well-formed',
  layer: 1,
  weight: 'decides',
  dependsOn: [],
  spec: GCE('VMLaunchEndorsement'),
  run({ artifact, endorsement: { slice, isWhole, groups } }) {
    const cites = [{ artifact, path: '', ranges: [rangeOf(slice)] }]
    return isWhole && groups.length > 0
      ? { outcome: 'pass', because: say('gce.well-formed.holds', { count: groups.length }), cites }
      : { outcome: 'fail', because: say('gce.well-formed.fails'), cites }
  },
}
