import type { CheckDefinition } from '../../../core/scheme.ts'
import { certificatesWithin } from '../within.ts'
import type { PreparedReport } from '../prepare.ts'
import { finding } from '../../../core/finding.ts'
import { missingLeaf } from './shared.ts'

/** Is every certificate of the chain within its dates at the time asked for? Outside them nothing is disproved, and everything else is still worked out. */
export const certificatesInDate: CheckDefinition<PreparedReport> = {
  id: 'snp.certificates-in-date',
  layer: 3,
  weight: 'decides',
  dependsOn: ['snp.chains-to-ark'],
  spec: { title: 'RFC 5280', section: '6.1.3 (a)(2)' },
  run(prepared) {
    const { path } = prepared
    if (!path) return { outcome: 'not-checked', because: missingLeaf(prepared), cites: [] }
    const places = certificatesWithin(prepared)
    const outside = path.outside[0]
    if (!outside)
      return finding(
        'pass',
        'snp.certificates-in-date.holds',
        places.map(({ artifact, range }) => ({ artifact, path: 'certificate', ranges: [range] })),
        { params: { count: path.path.length } },
      )
    const place = places.find((one) => one.index === outside.index)
    return {
      outcome: 'not-checked',
      because: outside.because,
      cites: place
        ? [{ artifact: place.artifact, path: 'certificate.tbsCertificate.validity', ranges: [outside.range] }]
        : [],
    }
  },
}
