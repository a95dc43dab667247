import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedCsv } from '../prepare.ts'
import { signatureFinding } from './report-signed-by-pek.ts'
import { CSV, finding } from './shared.ts'

/** Did the accelerator's own key (CEK) sign its report? */
export const reportSignedByCek: CheckDefinition<PreparedCsv> = {
  id: 'dcu.report-signed-by-cek',
  layer: 2,
  weight: 'decides',
  dependsOn: ['csv.well-formed'],
  spec: CSV('DCU report signature'),
  applies: ({ subject }) => subject.kind === 'dcu',
  run(prepared) {
    const { pekByCek } = prepared
    if (pekByCek.state === 'missing') return finding('not-checked', 'csv.no-cek', [])
    // No field of a CEK names its chip, so the sentence of a failure names both readings.
    const found = signatureFinding(prepared, 'dcu.report-signed-by-cek', 'cek')
    return found.outcome === 'fail' ? { ...found, because: say('dcu.signature-or-chip') } : found
  },
}
