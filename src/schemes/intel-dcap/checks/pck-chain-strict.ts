import { say } from '../../../core/saying.ts'
import { faultCites, isIntelFault } from './pck-chain.ts'
import { SPEC, type QuoteCheck } from './shared.ts'

/** Does every certificate of the chain keep the rules of X.509, beyond what Intel's library looks at? */
export const pckChainStrict: QuoteCheck = {
  id: 'intel.pck-chain-strict',
  layer: 3,
  weight: 'decides',
  dependsOn: [],
  spec: SPEC.x509('6.1'),
  run(prepared) {
    const { path } = prepared.chain
    if (!path)
      return {
        outcome: 'not-checked',
        because: say('chain.no-certificate', { type: prepared.quote.certification?.type.value ?? 0 }),
        cites: [],
      }
    const fault = path.faults.find((one) => !isIntelFault(one))
    return fault
      ? { outcome: 'fail', because: fault.because, cites: faultCites(prepared, fault) }
      : { outcome: 'pass', because: say('intel.pck-chain-strict.holds'), cites: [] }
  },
}
