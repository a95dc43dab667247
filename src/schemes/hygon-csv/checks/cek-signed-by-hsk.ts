import { say } from '../../../core/saying.ts'
import { rangeOf } from '../../../core/place.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import { toHex } from '../../../bytes/layout.ts'
import type { PreparedCsv } from '../prepare.ts'
import { finding } from '../../../core/finding.ts'
import { CSV } from './shared.ts'

/** Did Hygon's signing key (HSK) sign the chip's key, and is it the one that the chip's certificate names? */
export const cekSignedByHsk: CheckDefinition<PreparedCsv> = {
  id: 'csv.cek-signed-by-hsk',
  layer: 5,
  answer: 'genuine',
  weight: 'decides',
  dependsOn: ['csv.pek-signed-by-cek'],
  spec: CSV('CEK certificate, first signature'),
  run({ cek, cekByHsk }) {
    if (!cek) return finding('not-checked', 'csv.no-cek', [], { remedy: say('csv.remedy.get-chain') })
    if (cekByHsk.state === 'missing')
      return finding('not-checked', 'csv.no-hsk', [], { remedy: say('csv.remedy.get-chain') })
    const { signer, result } = cekByHsk
    const cites = [cek, signer].map(({ item, slice }) => ({
      artifact: item.artifact,
      path: '',
      ranges: [rangeOf(slice)],
    }))
    const proves = [{ from: 'hsk', to: 'cek', by: 'signature' as const }]
    if (result.result !== 'valid')
      return {
        outcome: result.result === 'invalid' ? 'fail' : 'unsupported',
        because: result.because,
        cites,
        proves,
      }
    const named = toHex(cek.value.body.sid.value)
    const found = toHex(signer.value.body.keyId.value)
    return named === found
      ? finding('pass', 'csv.cek-signed-by-hsk.holds', cites, {
          proves,
          uses: [cek.item.artifact, signer.item.artifact],
          covers: [{ artifact: cek.item.artifact, range: cek.value.body.$.range, by: 'endorsement' }],
        })
      : finding('fail', 'csv.issuer-other', cites, { proves, found, expected: named })
  },
}
