import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import { isZero, toHex } from '../../../bytes/layout.ts'
import type { PreparedCsv } from '../prepare.ts'
import { finding } from '../../../core/finding.ts'
import { cite, CSV, reportOf } from './shared.ts'

/**
 * In version 1 nothing signs the mask number, so that whoever passes a report on could shift all masked fields by one pattern of four bytes.
 * A launch digest that equals an expected one cannot have been shifted; neither can a session digest that reads as zero.
 */
export const maskConsistent: CheckDefinition<PreparedCsv> = {
  id: 'csv.mask-consistent',
  layer: 7,
  weight: 'decides',
  dependsOn: ['csv.well-formed'],
  spec: CSV('report version 1: ANONCE'),
  applies: (prepared) => reportOf(prepared)?.version === 1,
  run(prepared, { policy }) {
    const { artifact } = prepared
    const report = reportOf(prepared)
    const value = report?.version === 1 ? report.value : undefined
    if (!value) return finding('not-checked', 'csv.not-whole', [])
    const { userPubkeyDigest: session, measure } = value.teeInfo
    const cites = [cite(artifact, value.anonce), cite(artifact, session)]
    if (isZero(session.value)) return finding('pass', 'csv.mask-consistent.holds', cites)
    const word = toHex(session.value.subarray(0, 4))
    if (toHex(session.value) === word.repeat(8))
      return finding('fail', 'csv.mask-consistent.fails', cites, { found: toHex(session.value) })
    const expected = policy.registers?.['MEASURE'] ?? []
    return expected.includes(toHex(measure.value))
      ? finding('pass', 'csv.mask-pinned-by-measure', [...cites, cite(artifact, measure)])
      : finding('not-checked', 'csv.mask-open', cites, { remedy: say('csv.remedy.give-measure') })
  },
}
