import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import { dateClaim } from '../decoded.ts'
import type { PreparedToken } from '../prepare.ts'
import { citeOf, JWT } from './shared.ts'

const DAY = 24 * 3600 * 1000

/** Does it end within a day? What was so then may not be so now. */
export const shortLived: CheckDefinition<PreparedToken> = {
  id: 'jwt.short-lived',
  layer: 9,
  weight: 'notes',
  dependsOn: [],
  spec: JWT('4.1.4'),
  run(prepared) {
    const from = dateClaim(prepared.token, 'iat') ?? dateClaim(prepared.token, 'nbf')
    const to = dateClaim(prepared.token, 'exp')
    if (from === 'odd' || to === 'odd') return { outcome: 'not-checked', because: say('jwt.date-odd'), cites: [] }
    if (!to) return { outcome: 'not-checked', because: say('jwt.no-end'), cites: citeOf(prepared, from) }
    const cites = citeOf(prepared, from, to)
    return from && to.value - from.value > DAY
      ? {
          outcome: 'warn',
          because: say('jwt.long-lived', { hours: Math.floor((to.value - from.value) / 3_600_000) }),
          cites,
        }
      : { outcome: 'pass', because: say('jwt.short-lived.holds'), cites }
  },
}
