import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import { dateClaim } from '../decoded.ts'
import type { PreparedToken } from '../prepare.ts'
import { citeOf, JWT } from './shared.ts'

const iso = (time: number) =>
  (Number.isFinite(time) ? new Date(time).toISOString() : String(time)).replace('.000Z', 'Z')

/** Is the time that is asked about within the token's dates? Outside them it is open, never broken. No leeway. */
export const inDate: CheckDefinition<PreparedToken> = {
  id: 'jwt.in-date',
  layer: 4,
  weight: 'decides',
  dependsOn: [],
  spec: JWT('4.1.4'),
  applies: ({ token }) => ['nbf', 'exp'].some((name) => dateClaim(token, name === 'nbf' ? 'nbf' : 'exp') !== undefined),
  run(prepared, { at }) {
    const { token } = prepared
    const from = dateClaim(token, 'nbf')
    const to = dateClaim(token, 'exp')
    const issued = dateClaim(token, 'iat')
    if (from === 'odd' || to === 'odd' || issued === 'odd')
      return { outcome: 'fail', because: say('jwt.date-odd'), cites: [] }
    const cites = citeOf(prepared, from, to)
    if (from && to && to.value < from.value)
      return { outcome: 'fail', because: say('jwt.ends-before-it-begins'), cites }
    if (to && !(at <= to.value))
      return {
        outcome: 'not-checked',
        because: say('jwt.expired', { to: iso(to.value), at: iso(at) }, 'token-expired'),
        cites,
      }
    if (from && !(at >= from.value))
      return {
        outcome: 'not-checked',
        because: say('jwt.not-yet-valid', { from: iso(from.value), at: iso(at) }, 'token-early'),
        cites,
      }
    return { outcome: 'pass', because: say('jwt.in-date.holds'), cites }
  },
}
