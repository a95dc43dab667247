import type { CheckDefinition } from '../../../core/scheme.ts'
import type { Coverage, Finding } from '../../../core/verdict.ts'
import { V1_TAIL_AT } from '../numbers.ts'
import type { PreparedCsv } from '../prepare.ts'
import { finding } from '../../../core/finding.ts'
import { CSV, reportOf } from './shared.ts'

/** What the report's own signature comes to; `from` is the node of the trust path that signed. */
export function signatureFinding(prepared: PreparedCsv, id: string, from: string): Finding {
  const { artifact, bySigner, signed } = prepared
  if (!bySigner || !signed) return finding('not-checked', 'csv.not-whole', [])
  const cites = [{ artifact, path: '', ranges: [signed] }]
  const proves = [
    { from, to: 'report', by: 'signature' as const },
    { from: 'report', to: 'data', by: 'reference' as const },
  ]
  switch (bySigner.result) {
    case 'valid':
      return finding('pass', `${id}.holds`, cites, { proves, covers: coversOf(prepared) })
    case 'invalid':
      return { outcome: 'fail', because: bySigner.because, cites, proves }
    case 'unsupported':
      return { outcome: 'unsupported', because: bySigner.because, cites, proves }
  }
}

/** The signed bytes, and the numbers of the signature, as they are stored. */
function coversOf({ artifact, subject, signed }: PreparedCsv): Coverage[] {
  if (!signed) return []
  const { slice } = subject.decoded
  const from =
    subject.kind === 'dcu' ? signed.end : slice.start + (subject.decoded.version === 1 ? V1_TAIL_AT - 144 : 1024)
  return [
    { artifact, range: signed, by: 'attestation-key' },
    { artifact, range: { space: slice.space, start: from, end: from + 144 }, by: 'signature' },
  ]
}

/** Did the platform's key (PEK) sign these bytes, as they are stored? In version 1 that is with the mask on. */
export const reportSignedByPek: CheckDefinition<PreparedCsv> = {
  id: 'csv.report-signed-by-pek',
  layer: 2,
  weight: 'decides',
  dependsOn: ['csv.well-formed'],
  spec: CSV('report signature, SM2 with the user id of the PEK'),
  applies: (prepared) => reportOf(prepared) !== undefined,
  run: (prepared) => signatureFinding(prepared, 'csv.report-signed-by-pek', 'pek'),
}
