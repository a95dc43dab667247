import { say } from '../../../core/saying.ts'
import { bytesOf } from '../../../core/place.ts'
import { hexOffset, isZero } from '../../../bytes/layout.ts'
import { cited, placed, SPEC, type QuoteCheck } from './shared.ts'

// Intel's library takes whatever follows the signature data; buffers of fixed size are delivered with zeros behind
/** Does the quote end where it says? */
export const noTrailingBytes: QuoteCheck = {
  id: 'intel.no-trailing-bytes',
  layer: 1,
  weight: 'notes',
  dependsOn: [],
  spec: SPEC.quote('A.3.7'),
  run(prepared) {
    const { trailing, problems } = prepared.quote
    // Room inside a length that nothing fills is as unsigned as what follows the end.
    const unused = problems.find(({ because }) => because.code === 'unused-bytes')
    if (unused)
      return {
        outcome: 'warn',
        because: unused.because,
        cites: cited(prepared, { path: 'signatureData', ranges: [unused.range] }),
      }
    const count = trailing.end - trailing.start
    if (count === 0) return { outcome: 'pass', because: say('intel.no-trailing-bytes.holds'), cites: [] }
    const cites = cited(prepared, placed('trailing', trailing))
    const params = { count, at: hexOffset(trailing.start) }
    return isZero(bytesOf(trailing))
      ? { outcome: 'pass', because: say('quote.padding', params), cites }
      : { outcome: 'warn', because: say('quote.trailing', params), cites }
  },
}
