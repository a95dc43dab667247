import { say } from '../../../core/saying.ts'
import { isZero, toHex } from '../../../bytes/layout.ts'
import type { TdReport15, TdReport15ex } from '../layout-report.ts'
import { cited, SPEC, UNREADABLE, type Placed, type QuoteCheck } from './shared.ts'

interface Binding {
  readonly because: string
  readonly field: Placed & { readonly value: Uint8Array }
}

// A service TD may have been bound when the TD was made and be gone since, or the other way round: each field is looked at by itself.
function bindingsOf(report: TdReport15, extended: TdReport15ex | undefined): Binding[] {
  const common: Binding = { because: 'tdx.service-td', field: report.mrServiceTd }
  if (!extended) return [common]
  return [
    common,
    { because: 'tdx.service-td-now', field: extended.curServTdHash },
    { because: 'tdx.service-td-first', field: extended.initServTdHash },
    { because: 'tdx.service-td-now', field: extended.curServTdAttributes },
    { because: 'tdx.service-td-first', field: extended.initServTdAttributes },
  ]
}

/** Is no service TD bound, which could act on this one? */
export const noServiceTd: QuoteCheck = {
  id: 'intel.no-service-td',
  layer: 7,
  weight: 'decides',
  dependsOn: [],
  spec: SPEC.module('SERVTD_HASH'),
  // Reports 1.0 have no field for it.
  applies: ({ quote }) => quote.body === undefined || quote.body.kind === 'td15' || quote.body.kind === 'td15ex',
  run(prepared) {
    const { body } = prepared.quote
    if (body?.kind !== 'td15' && body?.kind !== 'td15ex') return UNREADABLE
    const bindings = bindingsOf(body.report, body.kind === 'td15ex' ? body.report : undefined)
    const bound = bindings.filter(({ field }) => !isZero(field.value))
    const first = bound[0]
    if (first)
      return {
        outcome: 'warn',
        because: say(first.because),
        cites: cited(prepared, ...bound.map(({ field }) => field)),
        found: bound.map(({ field }) => toHex(field.value)).join('\n'),
      }
    return {
      outcome: 'pass',
      because: say('intel.no-service-td.holds'),
      cites: cited(prepared, ...bindings.map(({ field }) => field)),
      found: toHex(body.report.mrServiceTd.value),
    }
  },
}
