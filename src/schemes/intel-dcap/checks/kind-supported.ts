import { say } from '../../../core/saying.ts'
import { cited, SPEC, type QuoteCheck } from './shared.ts'

/** Breaches that mean "another kind of quote", not "a broken one". */
export const UNSUPPORTED_KINDS: readonly string[] = ['quote.version', 'quote.key-type', 'quote.tee-type']

/** Is it a kind of quote for which there are rules here? */
export const kindSupported: QuoteCheck = {
  id: 'intel.quote-kind-supported',
  layer: 1,
  weight: 'decides',
  dependsOn: [],
  spec: SPEC.verification('4.1.2.5'),
  run(prepared) {
    const { header, malformed, tee, version } = prepared.quote
    if (!header) return { outcome: 'not-checked', because: say('intel.unreadable'), cites: [] }
    const cites = cited(prepared, header.version, header.attestationKeyType, header.teeType)
    if (malformed && UNSUPPORTED_KINDS.includes(malformed.text))
      return { outcome: 'unsupported', because: malformed, cites }
    // Written down by Intel, refused by its own library, and never seen.
    if (header.attestationKeyType.value !== 2)
      return {
        outcome: 'unsupported',
        because: say('quote.key-type-unsupported', { type: header.attestationKeyType.value }),
        cites,
      }
    return {
      outcome: 'pass',
      because: say('intel.quote-kind-supported.holds', { version: version ?? 0, tee: (tee ?? '').toUpperCase() }),
      cites,
    }
  },
}
