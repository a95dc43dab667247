import { say } from '../../../core/saying.ts'
import { faultCites } from './pck-chain.ts'
import { SPEC, type QuoteCheck } from './shared.ts'

// Intel's library looks at notAfter only
/** Was every certificate of the chain valid already? */
export const pckChainBegun: QuoteCheck = {
  id: 'intel.pck-chain-begun',
  layer: 3,
  weight: 'decides',
  dependsOn: [],
  spec: SPEC.x509('4.1.2.5'),
  run(prepared) {
    const { path } = prepared.chain
    if (!path)
      return {
        outcome: 'not-checked',
        because: say('chain.no-certificate', { type: prepared.quote.certification?.type.value ?? 0 }),
        cites: [],
      }
    const early = path.outside.find((one) => one.because.code === 'not-yet-valid')
    return early
      ? {
          outcome: 'not-checked',
          because: early.because,
          cites: faultCites(prepared, early),
          remedy: say('intel.remedy.as-of'),
        }
      : { outcome: 'pass', because: say('intel.pck-chain-begun.holds'), cites: [] }
  },
}
