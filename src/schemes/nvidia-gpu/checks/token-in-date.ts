import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import { isoOf } from '../../../bytes/der-node.ts'
import type { PreparedReply } from '../token-appraiser.ts'
import { claimSeconds } from '../token.ts'
import { NRAS } from './shared-token.ts'

/** A token lives for an hour: a day alone would say that it ended when it began. */
const minuteOf = (seconds: number) =>
  `${isoOf(seconds * 1000)
    .slice(0, 16)
    .replace('T', ' ')} UTC`

/** Is every token within its hour at the time that is asked about? */
export const tokenInDate: CheckDefinition<PreparedReply> = {
  id: 'nvidia.token-in-date',
  layer: 3,
  weight: 'decides',
  dependsOn: [],
  spec: NRAS('nbf, exp'),
  run({ tokens }, { at }) {
    const now = Math.floor(at / 1000)
    for (const { token } of tokens) {
      const from = claimSeconds(token.claims, 'nbf') ?? claimSeconds(token.claims, 'iat')
      const to = claimSeconds(token.claims, 'exp')
      if (from === undefined || to === undefined)
        return { outcome: 'not-checked', because: say('nvidia.token-undated'), cites: [] }
      const isLate = now > to
      if (isLate || now < from)
        return {
          outcome: 'not-checked',
          because: say(
            isLate ? 'nvidia.token-expired' : 'nvidia.token-early',
            { from: minuteOf(from), to: minuteOf(to) },
            isLate ? 'token-expired' : 'token-early',
          ),
          remedy: say('nvidia.token-at-its-time'),
          cites: [],
        }
    }
    return { outcome: 'pass', because: say('nvidia.token-in-date.holds'), cites: [] }
  },
}
