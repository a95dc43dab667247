import { say } from '../../../core/saying.ts'
import { cited, SPEC, UNREADABLE, type QuoteCheck } from './shared.ts'

/** Are exceptions on pages that the host takes away switched off? */
export const septVeDisabled: QuoteCheck = {
  id: 'intel.sept-ve-disabled',
  layer: 7,
  weight: 'notes',
  dependsOn: [],
  spec: SPEC.module('ATTRIBUTES.SEPT_VE_DISABLE'),
  applies: ({ quote }) => quote.body === undefined || quote.body.kind !== 'sgx',
  run(prepared) {
    const body = prepared.quote.body?.kind === 'sgx' ? undefined : prepared.quote.body
    if (!body) return UNREADABLE
    const flags = body.report.tdAttributes
    const common = {
      cites: cited(prepared, flags),
      found: `SEPT_VE_DISABLE = ${flags.flags.SEPT_VE_DISABLE}`,
      expected: 'SEPT_VE_DISABLE = 1',
    }
    return flags.flags.SEPT_VE_DISABLE === 1
      ? { outcome: 'pass', because: say('intel.sept-ve-disabled.holds'), ...common }
      : { outcome: 'warn', because: say('tdx.sept-ve-enabled'), ...common }
  },
}
