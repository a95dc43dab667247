import { say } from '../../../core/saying.ts'
import { NODE } from '../nodes.ts'
import { absent, cited, citedItem, placed, SPEC, UNREADABLE, type QuoteCheck } from './shared.ts'
import { identityIdFor } from '../work.ts'

/** Is the enclave that signed Intel's quoting enclave? */
export const qeIdentityMatches: QuoteCheck = {
  id: 'intel.qe-identity-matches',
  layer: 6,
  answer: 'genuine',
  weight: 'decides',
  dependsOn: ['intel.qe-identity-authentic'],
  spec: SPEC.verification('4.1.2.5.15, .16'),
  run(prepared) {
    const { identity, qeMismatches, quote } = prepared
    const report = placed('signatureData.qeReport', quote.qeReportSlice)
    if (!report) return UNREADABLE
    const { deciding } = identity
    if (!deciding || !qeMismatches) {
      // Refused or missing, there is nothing to compare with; the check of the identity itself says which.
      const { because, uses } = absent(
        identity,
        say('intel.qe-identity-missing', { id: identityIdFor(quote) }),
        say('intel.remedy.qe-identity'),
      )
      return {
        outcome: 'not-checked',
        because,
        cites: cited(prepared, report),
        ...(uses ? { uses } : {}),
        remedy: say('intel.remedy.qe-identity'),
      }
    }
    const common = {
      uses: [deciding.source.item.artifact],
      proves: [{ from: NODE.identity, to: NODE.qe, by: 'reference' as const }],
    }
    const first = qeMismatches[0]
    if (!first)
      return {
        outcome: 'pass',
        because: say('intel.qe-identity-matches.holds', { id: deciding.source.value.id ?? '' }),
        cites: [...cited(prepared, report), citedItem(deciding)],
        ...common,
      }
    return {
      outcome: 'fail',
      because: say('intel.qe-identity', { fields: qeMismatches.map((one) => one.field).join(', ') }),
      cites: [...cited(prepared, first.ranges.length > 0 ? first : report), citedItem(deciding)],
      found: first.found,
      expected: first.expected,
      ...common,
    }
  },
}
