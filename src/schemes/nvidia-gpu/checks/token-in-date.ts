import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedReply } from '../token-appraiser.ts'
import { claimSeconds } from '../token.ts'
import { NRAS } from './shared-token.ts'

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
      if (from === undefined || to === undefined || now < from || now > to)
        return {
          outcome: 'not-checked',
          because: say(to !== undefined && now > to ? 'nvidia.token-expired' : 'nvidia.token-early', {
            from: from ?? '',
            to: to ?? '',
          }),
          cites: [],
        }
    }
    return { outcome: 'pass', because: say('nvidia.token-in-date.holds'), cites: [] }
  },
}
