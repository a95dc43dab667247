import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import type { Finding } from '../../../core/verdict.ts'
import type { PreparedCsv } from '../prepare.ts'
import { finding } from '../../../core/finding.ts'
import { CSV } from './shared.ts'

/** Does one unbroken chain of keys lead from the report's signer to a root? Certificates in other files can only leave this open; those that came inside the evidence can break it. */
export const chainToRoot: CheckDefinition<PreparedCsv> = {
  id: 'csv.chain-to-root',
  layer: 3,
  weight: 'decides',
  dependsOn: ['csv.pek-signed-by-cek', 'csv.cek-signed-by-hsk', 'csv.hsk-signed-by-root'],
  spec: CSV('certificate chain'),
  run({ subject, pekByCek, cekByHsk, hskByRoot }): Finding {
    // A DCU's report is signed by the CEK itself: whether it is stands in a check of its own.
    for (const link of subject.kind === 'dcu' && pekByCek.state === 'tried' ? [cekByHsk] : [pekByCek, cekByHsk]) {
      if (link.state === 'missing')
        return finding('not-checked', 'csv.chain-open', [], { remedy: say('csv.remedy.get-chain') })
      if (link.result.result === 'unsupported')
        return { outcome: 'unsupported', because: link.result.because, cites: [] }
      if (link.result.result === 'invalid')
        return link.signer.isCarried
          ? finding('fail', 'csv.carried-chain-broken', [])
          : finding('not-checked', 'csv.chain-not-for-this', [], { remedy: say('csv.remedy.get-chain') })
    }
    return hskByRoot.state === 'anchor' || hskByRoot.state === 'dropped'
      ? finding('pass', 'csv.chain-to-root.holds', [])
      : finding('not-checked', 'csv.chain-no-root', [])
  },
}
