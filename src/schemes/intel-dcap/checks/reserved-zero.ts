import { say } from '../../../core/saying.ts'
import { SPEC, UNREADABLE, type QuoteCheck } from './shared.ts'

// The body is signed by hardware, so a set bit is news of a feature, not damage
/** Is everything that is reserved in the signed body zero, and every set bit known here? */
export const reservedZero: QuoteCheck = {
  id: 'intel.reserved-bits-zero',
  layer: 7,
  weight: 'notes',
  dependsOn: [],
  spec: SPEC.quote('A.3.2'),
  run({ quote, artifact }) {
    const { body, problems } = quote
    if (!body) return UNREADABLE
    const inBody = problems.filter(
      ({ because, range }) =>
        (because.code === 'reserved-nonzero' || because.code === 'bits-unknown') &&
        range.space === body.slice.space &&
        range.start >= body.slice.start &&
        range.end <= body.slice.end,
    )
    const first = inBody[0]
    return first
      ? {
          outcome: 'warn',
          because: first.because,
          cites: [{ artifact, path: 'body', ranges: inBody.map((problem) => problem.range) }],
        }
      : { outcome: 'pass', because: say('intel.reserved-bits-zero.holds'), cites: [] }
  },
}
