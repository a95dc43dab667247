import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedReply } from '../token-appraiser.ts'
import { missingDevices } from '../token.ts'
import { citeTokens, NRAS } from './shared-token.ts'

/** Does the token over all name exactly these tokens of devices? */
export const digestsMatch: CheckDefinition<PreparedReply> = {
  id: 'nvidia.device-digests-match',
  layer: 2,
  weight: 'decides',
  dependsOn: [],
  spec: NRAS('submods'),
  run(prepared) {
    const devices = prepared.tokens.filter(({ digestMatches }) => digestMatches !== undefined)
    const bad = devices.filter(({ digestMatches }) => digestMatches === false).map(({ token }) => token)
    if (devices.length === 0) return { outcome: 'not-checked', because: say('nvidia.token-no-devices'), cites: [] }
    if (bad.length > 0)
      return {
        outcome: 'fail',
        because: say('nvidia.device-digests-match.fails', { devices: bad.map((one) => one.device).join(', ') }),
        cites: citeTokens(prepared, bad),
      }
    // What a device's token says against it is not said where that token was left out.
    const missing = missingDevices(prepared.reply)
    if (missing.length > 0)
      return {
        outcome: 'not-checked',
        because: say('nvidia.device-token-missing', { devices: missing.slice(0, 16).join(', ') }),
        cites: citeTokens(prepared, [prepared.reply.overall]),
      }
    return {
      outcome: 'pass',
      because: say('nvidia.device-digests-match.holds', { count: devices.length }),
      cites: citeTokens(
        prepared,
        devices.map(({ token }) => token),
      ),
    }
  },
}
