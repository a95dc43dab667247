import { say } from '../../../core/saying.ts'
import { cited, SPEC, type QuoteCheck } from './shared.ts'
import { UNSUPPORTED_KINDS } from './kind-supported.ts'

/** Is the quote whole, and written as its version says? */
export const wellFormed: QuoteCheck = {
  id: 'intel.quote-well-formed',
  layer: 1,
  weight: 'decides',
  dependsOn: [],
  spec: SPEC.quote('A.3'),
  run(prepared) {
    const { malformed, malformedAt, slice } = prepared.quote
    const at = malformedAt && { path: '', ranges: [malformedAt] }
    if (malformed && UNSUPPORTED_KINDS.includes(malformed.text))
      return { outcome: 'not-checked', because: say('intel.kind-unknown'), cites: cited(prepared, at) }
    if (malformed) return { outcome: 'fail', because: malformed, cites: cited(prepared, at) }
    return {
      outcome: 'pass',
      because: say('intel.quote-well-formed.holds'),
      cites: cited(prepared, {
        path: '',
        ranges: [{ space: slice.space, start: slice.start, end: prepared.quote.trailing.start }],
      }),
    }
  },
}
