import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import { isoOf } from '../../../bytes/der-node.ts'
import { dateClaim } from '../decoded.ts'
import type { PreparedCwt } from '../prepare.ts'
import { cite, CWT } from './shared.ts'

/** Is the time that is asked about within the dates of the token? Outside them nothing is proved wrong. */
export const withinDates: CheckDefinition<PreparedCwt> = {
  id: 'eat.within-dates',
  layer: 3,
  weight: 'decides',
  dependsOn: [],
  spec: CWT('3.1.4, 3.1.5'),
  applies: ({ cwt }) => dateClaim(cwt, 4, 'exp') !== undefined || dateClaim(cwt, 5, 'nbf') !== undefined,
  run(prepared, { at }) {
    const exp = dateClaim(prepared.cwt, 4, 'exp')
    const nbf = dateClaim(prepared.cwt, 5, 'nbf')
    if (exp && !(at < exp.value))
      return {
        outcome: 'not-checked',
        because: say('eat.expired', { to: isoOf(exp.value), at: isoOf(at) }, 'token-expired'),
        cites: cite(prepared, exp.path, ...exp.ranges),
      }
    if (nbf && !(at >= nbf.value))
      return {
        outcome: 'not-checked',
        because: say('eat.not-yet-valid', { from: isoOf(nbf.value), at: isoOf(at) }),
        cites: cite(prepared, nbf.path, ...nbf.ranges),
      }
    return {
      outcome: 'pass',
      because: say('eat.within-dates.holds'),
      cites: [exp, nbf].flatMap((one) => (one ? cite(prepared, one.path, ...one.ranges) : [])),
    }
  },
}
