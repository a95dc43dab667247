import { say } from '../../../core/saying.ts'
import { rangeOf } from '../../../core/place.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import { toHex } from '../../../bytes/layout.ts'
import { ROOT_KEY_ID } from '../anchors.ts'
import type { PreparedCsv } from '../prepare.ts'
import { finding } from '../../../core/finding.ts'
import { CSV } from './shared.ts'

/** Did the root key sign the signing key (HSK)? */
export const hskSignedByRoot: CheckDefinition<PreparedCsv> = {
  id: 'csv.hsk-signed-by-root',
  layer: 5,
  answer: 'genuine',
  weight: 'decides',
  dependsOn: ['csv.cek-signed-by-hsk'],
  spec: CSV('HSK certificate'),
  run({ hsk, cekByHsk, hskByRoot, strangeByRoot }) {
    if (!hsk) {
      const isOdd = cekByHsk.state === 'tried' && cekByHsk.result.result === 'invalid'
      // Not even the root that it names signed it: whatever it is, it is not what it says.
      if (strangeByRoot.state === 'none-fits' && strangeByRoot.isNamedHere)
        return finding('fail', 'csv.root-did-not-sign', [])
      return finding('not-checked', isOdd ? 'csv.hsk-not-for-this' : 'csv.no-hsk', [], {
        remedy: say('csv.remedy.get-chain'),
      })
    }
    const cites = [{ artifact: hsk.item.artifact, path: '', ranges: [rangeOf(hsk.slice)] }]
    const proves = [{ from: 'hrk', to: 'hsk', by: 'signature' as const }]
    const covers = [{ artifact: hsk.item.artifact, range: hsk.value.body.$.range, by: 'endorsement' as const }]
    const named = toHex(hsk.value.body.certifyingId.value)
    switch (hskByRoot.state) {
      case 'anchor':
        return finding('pass', 'csv.hsk-signed-by-root.holds', cites, { proves, covers, uses: [hsk.item.artifact] })
      case 'dropped':
        return finding('pass', 'csv.hsk-signed-by-dropped-root', cites, {
          proves,
          covers,
          uses: [hsk.item.artifact, hskByRoot.signer.item.artifact],
        })
      case 'none-fits':
      case 'missing':
        // It names the pinned root by its id, and that root did not sign it: a look-alike.
        if (named === ROOT_KEY_ID) return finding('fail', 'csv.root-look-alike', cites, { proves, found: named })
        return hskByRoot.state === 'none-fits' && hskByRoot.isNamedHere
          ? finding('fail', 'csv.root-did-not-sign', cites, { proves, found: named })
          : finding('not-checked', 'csv.root-not-here', cites, { proves, found: named })
    }
  },
}
