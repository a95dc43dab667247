import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedReport } from '../prepare.ts'
import { cite, noChain, SPDM, unreadable } from './shared.ts'

/** Did the key of the device's certificate sign exactly this request and this response? */
export const reportSigned: CheckDefinition<PreparedReport> = {
  id: 'nvidia.report-signed-by-device',
  layer: 2,
  weight: 'decides',
  dependsOn: [],
  spec: SPDM('10.11.2'),
  run(prepared) {
    const { report, choice, artifact, path } = prepared
    if (!report) return unreadable()
    if (!choice.signature || choice.isForeign || !path) return noChain(prepared)
    const signed = { ...report.$.slice, end: report.signature.slice.start }
    const cites = [...cite(prepared, 'report', signed), ...cite(prepared, 'report.signature', report.signature.slice)]
    const proves = [{ from: 'certificate0', to: 'report', by: 'signature' as const }]
    const { result, because } = choice.signature
    if (result !== 'valid') return { outcome: result === 'invalid' ? 'fail' : 'unsupported', because, cites, proves }
    return {
      outcome: 'pass',
      because: say('nvidia.report-signed-by-device.holds'),
      cites,
      proves,
      covers: [
        { artifact, range: { space: signed.space, start: signed.start, end: signed.end }, by: 'attestation-key' },
        ...report.signature.ranges.map((range) => ({ artifact, range, by: 'signature' as const })),
      ],
    }
  },
}
