import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedReport } from '../prepare.ts'
import { finding } from '../../../core/finding.ts'
import { KDS } from './shared.ts'

/** Is every revocation list that was given really by this chain's root? One that is not is laid aside; it says nothing against the report. */
export const listsAuthentic: CheckDefinition<PreparedReport> = {
  id: 'snp.lists-authentic',
  layer: 5,
  answer: 'genuine',
  weight: 'notes',
  dependsOn: ['snp.chains-to-ark'],
  spec: KDS('4.2, certificate revocation list'),
  applies: ({ crls }) => crls.length > 0,
  run({ crls }) {
    const cites = crls.map(({ crl, item }) => ({
      artifact: item.artifact,
      path: 'crl',
      ranges: [{ space: crl.slice.space, start: crl.slice.start, end: crl.slice.end }],
    }))
    const rejected = crls.find((one) => one.standing.authentic === 'rejected')
    if (rejected)
      return {
        outcome: 'fail',
        because: rejected.standing.because,
        cites: cites.filter((cite) => cite.artifact === rejected.item.artifact),
      }
    const unsupported = crls.find((one) => one.standing.authentic === 'unsupported')
    if (unsupported) return { outcome: 'unsupported', because: unsupported.standing.because, cites }
    const own = crls.filter((one) => one.standing.authentic === 'authentic').length
    return own === 0
      ? finding('not-applicable', 'snp.lists-foreign', cites)
      : finding('pass', 'snp.lists-authentic.holds', cites, { params: { count: own } })
  },
}
