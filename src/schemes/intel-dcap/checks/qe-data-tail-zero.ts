import { say } from '../../../core/saying.ts'
import { cited, SPEC, UNREADABLE, type QuoteCheck } from './shared.ts'

// Intel's library compares the first half only. The QE report is signed, so a filled second half is a statement of the enclave, not damage.
/** Is the second half of the QE report's data zero? */
export const qeDataTailZero: QuoteCheck = {
  id: 'intel.qe-report-data-tail-zero',
  layer: 2,
  weight: 'notes',
  dependsOn: [],
  spec: SPEC.quote('A.3.9'),
  run(prepared) {
    const { binding, quote } = prepared
    if (!binding) return UNREADABLE
    const cites = cited(prepared, quote.qeReport?.reportData)
    return binding.isTailZero
      ? { outcome: 'pass', because: say('intel.qe-report-data-tail-zero.holds'), cites }
      : { outcome: 'warn', because: say('intel.qe-report-data-tail-zero.fails'), cites }
  },
}
