import { say } from '../../../core/saying.ts'
import { cited, SPEC, UNREADABLE, type QuoteCheck } from './shared.ts'

/** Are the performance counters closed to the TD? */
export const noPerfmon: QuoteCheck = {
  id: 'intel.no-perfmon',
  layer: 7,
  weight: 'decides',
  dependsOn: [],
  spec: SPEC.module('ATTRIBUTES.PERFMON'),
  applies: ({ quote }) => quote.body === undefined || quote.body.kind !== 'sgx',
  run(prepared) {
    const body = prepared.quote.body?.kind === 'sgx' ? undefined : prepared.quote.body
    if (!body) return UNREADABLE
    const flags = body.report.tdAttributes
    const common = { cites: cited(prepared, flags), found: `PERFMON = ${flags.flags.PERFMON}`, expected: 'PERFMON = 0' }
    return flags.flags.PERFMON === 1
      ? { outcome: 'warn', because: say('tdx.perfmon'), ...common }
      : { outcome: 'pass', because: say('intel.no-perfmon.holds'), ...common }
  },
}
