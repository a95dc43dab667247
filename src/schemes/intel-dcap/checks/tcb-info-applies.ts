import { say } from '../../../core/saying.ts'
import { toHex } from '../../../bytes/layout.ts'
import { certificateCite } from '../nodes.ts'
import { citedItem, SPEC, type QuoteCheck } from './shared.ts'

/** Is the TCB info about this platform: its FMSPC, its PCE, its kind of TEE? */
export const tcbInfoApplies: QuoteCheck = {
  id: 'intel.tcb-info-applies',
  layer: 6,
  weight: 'decides',
  dependsOn: ['intel.tcb-info-authentic'],
  spec: SPEC.verification('4.1.2.5.10, .11'),
  run(prepared) {
    const { tcbInfo, chain, quote } = prepared
    const leaf = certificateCite(prepared, chain.leaf)
    const fmspc = chain.extensions?.fmspc
    const pceId = chain.extensions?.pceId
    const expected = fmspc
      ? `FMSPC ${toHex(fmspc.value)}, PCEID ${pceId ? toHex(pceId.value) : '–'}, ${quote.tee === 'tdx' ? 'TDX' : 'SGX'}`
      : undefined
    const shown = (info: {
      readonly fmspc: string | undefined
      readonly pceId: string | undefined
      readonly id: string | undefined
    }) => ({
      found: `FMSPC ${info.fmspc ?? '–'}, PCEID ${info.pceId ?? '–'}, ${info.id ?? 'SGX'}`,
      ...(expected === undefined ? {} : { expected }),
    })
    const { deciding } = tcbInfo
    const cites = leaf ? [leaf] : []
    if (deciding)
      return {
        outcome: 'pass',
        because: say('intel.tcb-info-applies.holds', { fmspc: deciding.source.value.fmspc ?? '' }),
        cites: [citedItem(deciding), ...cites],
        uses: [deciding.source.item.artifact],
        ...shown(deciding.source.value),
      }
    const other = tcbInfo.forOthers[0]
    if (!other)
      return {
        outcome: 'not-checked',
        because: say('intel.tcb-info-missing'),
        cites,
        remedy: say('intel.remedy.tcb-info'),
        ...(expected === undefined ? {} : { expected }),
      }
    return {
      outcome: 'not-checked',
      because: other.because,
      cites: [citedItem(other.item), ...cites],
      uses: [other.item.source.item.artifact],
      remedy: say('intel.remedy.tcb-info'),
      ...shown(other.item.source.value),
    }
  },
}
