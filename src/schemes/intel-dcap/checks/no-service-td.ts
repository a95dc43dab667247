import { say } from '../../../core/saying.ts'
import { isZero, toHex } from '../../../bytes/layout.ts'
import { cited, SPEC, UNREADABLE, type QuoteCheck } from './shared.ts'

/** Is no service TD bound, which could act on this one? */
export const noServiceTd: QuoteCheck = {
  id: 'intel.no-service-td', layer: 7, weight: 'decides', dependsOn: [], spec: SPEC.module('SERVTD_HASH'),
  // Reports 1.0 have no field for it.
  applies: ({ quote }) => quote.body === undefined || quote.body.kind === 'td15' || quote.body.kind === 'td15ex',
  run(prepared) {
    const { body } = prepared.quote
    if (body?.kind !== 'td15' && body?.kind !== 'td15ex') return UNREADABLE
    const hash = body.report.mrServiceTd
    const common = { cites: cited(prepared, hash), found: toHex(hash.value) }
    return isZero(hash.value) ? { outcome: 'pass', because: say('intel.no-service-td.holds'), ...common } : { outcome: 'warn', because: say('tdx.service-td'), ...common }
  },
}
