import { say } from '../../../core/saying.ts'
import { cited, SPEC, UNREADABLE, type QuoteCheck } from './shared.ts'

// Intel's identity asks for this too, through its attribute mask; here it stands without an identity as well.
/** Is the quoting enclave itself out of debug mode? */
export const qeNotDebug: QuoteCheck = {
  id: 'intel.qe-not-debug',
  layer: 6,
  answer: 'genuine',
  weight: 'decides',
  dependsOn: [],
  spec: SPEC.enclave('ATTRIBUTES'),
  run(prepared) {
    const attributes = prepared.quote.qeReport?.attributes
    if (!attributes) return UNREADABLE
    const common = {
      cites: cited(prepared, attributes),
      found: `DEBUG = ${attributes.flags.DEBUG}`,
      expected: 'DEBUG = 0',
    }
    return attributes.flags.DEBUG === 1
      ? { outcome: 'fail', because: say('intel.qe-debug'), ...common }
      : { outcome: 'pass', because: say('intel.qe-not-debug.holds'), ...common }
  },
}
