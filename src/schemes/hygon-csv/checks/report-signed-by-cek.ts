import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedCsv } from '../prepare.ts'
import { signatureFinding } from './report-signed-by-pek.ts'
import { finding } from '../../../core/finding.ts'
import { CSV } from './shared.ts'

/** Did the accelerator's own key (CEK) sign its report? */
export const reportSignedByCek: CheckDefinition<PreparedCsv> = {
  id: 'dcu.report-signed-by-cek',
  layer: 2,
  weight: 'decides',
  dependsOn: ['csv.well-formed'],
  spec: CSV('DCU report signature'),
  applies: ({ subject }) => subject.kind === 'dcu',
  run(prepared) {
    const { pekByCek, cekByHsk } = prepared
    if (pekByCek.state === 'missing') return finding('not-checked', 'csv.no-cek', [])
    // No field of a CEK names its chip, so the sentence of a failure names both readings.
    const found = signatureFinding(prepared, 'dcu.report-signed-by-cek', 'cek')
    if (found.outcome !== 'fail') return found
    // A certificate that was added and that no HSK here signed says nothing of any chip.
    const isSigned = cekByHsk.state === 'tried' && cekByHsk.result.result === 'valid'
    return pekByCek.signer.isCarried || isSigned
      ? { ...found, because: say('dcu.signature-or-chip') }
      : { ...found, outcome: 'not-checked', because: say('dcu.cek-odd', {}, 'not-for-this') }
  },
}
