import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import { saysNo, type PreparedReply } from '../token-appraiser.ts'
import { claimText, errorOf } from '../token.ts'
import { citeTokens, NRAS } from './shared-token.ts'

/** What does the service say? Its yes is a quotation; its no stands. */
export const serviceSaysYes: CheckDefinition<PreparedReply> = {
  id: 'nvidia.service-says-yes',
  layer: 7,
  weight: 'decides',
  dependsOn: [],
  spec: NRAS('x-nvidia-overall-att-result'),
  run(prepared) {
    const { reply } = prepared
    const found = claimText(reply.overall?.claims, 'x-nvidia-overall-att-result')
    const cites = citeTokens(prepared, [reply.overall])
    const error = reply.devices.map(errorOf).find((one) => one !== '') ?? ''
    if (saysNo(reply))
      return {
        outcome: 'fail',
        because: say('nvidia.service-says-no', { error }),
        cites,
        found,
        remedy: say('nvidia.look-yourself'),
      }
    if (found !== 'true') return { outcome: 'not-checked', because: say('nvidia.service-silent'), cites, found }
    const odd = reply.devices.filter(
      (one) => !/^(?:success|comparison-successful)$/.test(claimText(one.claims, 'measres')),
    )
    if (odd.length > 0)
      return {
        outcome: 'warn',
        because: say('nvidia.service-contradicts', { devices: odd.map((one) => one.device).join(', ') }),
        cites,
        found,
      }
    return { outcome: 'pass', because: say('nvidia.service-says-yes.holds'), cites, found }
  },
}
