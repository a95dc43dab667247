import { say } from '../../../core/saying.ts'
import type { PreparedQuote } from '../prepare.ts'
import { cited, SPEC, UNREADABLE, type QuoteCheck } from './shared.ts'

/** Whether the evidence shows what the reader may forbid; null when it does not say. */
function shows(prepared: PreparedQuote, what: string): boolean | null {
  const { body } = prepared.quote
  if (!body) return null
  const td = body.kind === 'sgx' ? undefined : body.report.tdAttributes.flags
  switch (what) {
    case 'debug':
      return (td ? td.DEBUG : body.kind === 'sgx' ? body.report.attributes.flags.DEBUG : 0) === 1
    case 'migratable':
      return td ? td.MIGRATABLE === 1 : false
    case 'sept-ve-enabled':
      return td ? td.SEPT_VE_DISABLE === 0 : false
    case 'smt':
      return prepared.chain.extensions?.configuration?.smtEnabled?.value ?? null
    default:
      return null
  }
}

/** Is everything absent that the reader forbids? */
export const nothingForbidden: QuoteCheck = {
  id: 'intel.nothing-forbidden',
  layer: 7,
  weight: 'decides',
  dependsOn: [],
  spec: SPEC.module('ATTRIBUTES'),
  applies: ({ forbidden }) => forbidden.length > 0,
  run(prepared) {
    const { body } = prepared.quote
    if (!body) return UNREADABLE
    const cites = cited(prepared, body.kind === 'sgx' ? body.report.attributes : body.report.tdAttributes)
    const broken = prepared.forbidden.filter((what) => shows(prepared, what) === true)
    const unknown = prepared.forbidden.filter((what) => shows(prepared, what) === null)
    if (broken.length > 0)
      return {
        outcome: 'fail',
        because: say('intel.nothing-forbidden.fails', { what: broken.join(', ') }),
        cites,
        found: broken.join(', '),
      }
    if (unknown.length > 0)
      return { outcome: 'not-checked', because: say('intel.forbidden-unknown', { what: unknown.join(', ') }), cites }
    return {
      outcome: 'pass',
      because: say('intel.nothing-forbidden.holds', { what: prepared.forbidden.join(', ') }),
      cites,
    }
  },
}
