import { say } from '../../../core/saying.ts'
import { cited, SPEC, UNREADABLE, type QuoteCheck } from './shared.ts'

/** Is the TD bound to the machine on which it was started? */
export const notMigratable: QuoteCheck = {
  id: 'intel.not-migratable',
  layer: 7,
  weight: 'decides',
  dependsOn: [],
  spec: SPEC.module('ATTRIBUTES.MIGRATABLE'),
  applies: ({ quote }) => quote.body === undefined || quote.body.kind !== 'sgx',
  run(prepared) {
    const body = prepared.quote.body?.kind === 'sgx' ? undefined : prepared.quote.body
    if (!body) return UNREADABLE
    const flags = body.report.tdAttributes
    const common = {
      cites: cited(prepared, flags),
      found: `MIGRATABLE = ${flags.flags.MIGRATABLE}`,
      expected: 'MIGRATABLE = 0',
    }
    return flags.flags.MIGRATABLE === 1
      ? { outcome: 'warn', because: say('tdx.migratable'), ...common }
      : { outcome: 'pass', because: say('intel.not-migratable.holds'), ...common }
  },
}
