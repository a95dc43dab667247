import { say } from '../../../core/saying.ts'
import { faultCites } from './pck-chain.ts'
import { SPEC, type QuoteCheck } from './shared.ts'

/** Is every certificate of the chain still within its validity? */
export const pckChainNotExpired: QuoteCheck = {
  id: 'intel.pck-chain-not-expired',
  layer: 3,
  weight: 'decides',
  dependsOn: [],
  spec: SPEC.verification('4.1.2.1'),
  run(prepared) {
    const { path } = prepared.chain
    if (!path)
      return {
        outcome: 'not-checked',
        because: say('chain.no-certificate', { type: prepared.quote.certification?.type.value ?? 0 }),
        cites: [],
      }
    const expired = path.outside.find((one) => one.because.code === 'expired')
    return expired
      ? {
          outcome: 'not-checked',
          because: expired.because,
          cites: faultCites(prepared, expired),
          remedy: say('intel.remedy.as-of'),
        }
      : { outcome: 'pass', because: say('intel.pck-chain-not-expired.holds'), cites: [] }
  },
}
