import { rangeOf } from '../../../core/place.ts'
import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedCca } from '../prepare.ts'
import { VIRTCCA } from './shared.ts'

/** Are the device's certificates valid at the time asked for? The token itself has no clock. */
export const aikInDate: CheckDefinition<PreparedCca> = {
  id: 'cca.aik-in-date',
  layer: 3,
  weight: 'decides',
  dependsOn: [],
  spec: VIRTCCA('AIK certificate'),
  applies: ({ aik }) => aik.state === 'same',
  run({ aik }) {
    if (aik.state !== 'same')
      return { outcome: 'not-checked', because: say('cca.not-anchored', {}, 'not-anchored'), cites: [] }
    const cites = [{ artifact: aik.held.item.artifact, path: '', ranges: [rangeOf(aik.held.certificate.slice)] }]
    const [outside] = aik.path.outside
    return outside
      ? { outcome: 'not-checked', because: outside.because, cites }
      : { outcome: 'pass', because: say('cca.aik-in-date.holds'), cites }
  },
}
