import { say } from '../../../core/saying.ts'
import { rangeOf } from '../../../core/place.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import { finding } from '../../../core/finding.ts'
import { CSV, reportOf } from './shared.ts'
import type { PreparedCsv } from '../prepare.ts'

/** Did this chip's key (CEK) sign the platform's? A CEK that did not is another chip's, or the report's PEK was changed: nothing here tells which. */
export const pekSignedByCek: CheckDefinition<PreparedCsv> = {
  id: 'csv.pek-signed-by-cek',
  layer: 5,
  answer: 'genuine',
  weight: 'decides',
  dependsOn: ['csv.well-formed'],
  spec: CSV('PEK certificate, first signature'),
  applies: (prepared) => reportOf(prepared) !== undefined,
  run(prepared) {
    const { artifact, pekByCek } = prepared
    const report = reportOf(prepared)
    const pek = report?.pek
    if (!pek) return finding('not-checked', 'csv.not-whole', [])
    if (pekByCek.state === 'missing')
      return finding('not-checked', 'csv.no-cek', [], { remedy: say('csv.remedy.get-chain') })
    const { signer, result } = pekByCek
    const cites = [
      { artifact, path: pek.$.path, ranges: [pek.body.$.range] },
      { artifact: signer.item.artifact, path: '', ranges: [rangeOf(signer.slice)] },
    ]
    const proves = [{ from: 'cek', to: 'pek', by: 'signature' as const }]
    if (result.result === 'unsupported') return { outcome: 'unsupported', because: result.because, cites, proves }
    if (result.result === 'invalid')
      return signer.isCarried
        ? finding('fail', 'csv.pek-signed-by-cek.fails', cites, { proves })
        : finding('not-checked', 'csv.cek-of-another-chip', cites, {
            remedy: say('csv.remedy.get-chain'),
          })
    // Not said to be covered: a change in this certificate reads just like the CEK of another chip, which accuses nobody.
    return finding('pass', 'csv.pek-signed-by-cek.holds', cites, { proves, uses: [signer.item.artifact] })
  },
}
