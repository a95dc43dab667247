import { say } from '../../../core/saying.ts'
import { certificateCite } from '../nodes.ts'
import { SPEC, type QuoteCheck } from './shared.ts'

/** Does every core run one thread only? */
export const smtOff: QuoteCheck = {
  id: 'intel.smt-off',
  layer: 7,
  weight: 'notes',
  dependsOn: [],
  spec: SPEC.certificates('1.3.5, Configuration'),
  // Only certificates of the Platform CA say it.
  applies: ({ chain }) => chain.extensions?.configuration?.smtEnabled !== undefined,
  run(prepared) {
    const smt = prepared.chain.extensions?.configuration?.smtEnabled
    if (!smt) return { outcome: 'not-checked', because: say('intel.unreadable'), cites: [] }
    const cite = certificateCite(prepared, prepared.chain.leaf)
    const common = { cites: cite ? [{ ...cite, ranges: smt.ranges }] : [], found: `SMT = ${smt.value ? 1 : 0}` }
    return smt.value
      ? { outcome: 'warn', because: say('intel.smt-on'), ...common }
      : { outcome: 'pass', because: say('intel.smt-off.holds'), ...common }
  },
}
