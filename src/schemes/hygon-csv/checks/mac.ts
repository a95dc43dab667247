import { bytesOf } from '../../../core/place.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import { isZero, sameBytes, toHex } from '../../../bytes/layout.ts'
import { hmac } from '../../../crypto/verify.ts'
import type { PreparedCsv } from '../prepare.ts'
import { finding } from '../../../core/finding.ts'
import { cite, CSV, reportOf } from './shared.ts'

/** Bytes of PEK certificate, chip id and reserved bytes. */
const LENGTH = 2180

/** Does the MAC fit? Its key stands in the report, so that anybody can make it: a note for the guest that asked, never for a third party. */
export const mac: CheckDefinition<PreparedCsv> = {
  id: 'csv.mac',
  layer: 2,
  weight: 'notes',
  dependsOn: ['csv.well-formed'],
  spec: CSV('HMAC-SM3 with MNONCE'),
  applies: (prepared) => reportOf(prepared) !== undefined,
  async run(prepared) {
    const { artifact } = prepared
    const report = reportOf(prepared)
    if (!report?.value) return finding('not-checked', 'csv.not-whole', [])
    const { signer, teeInfo } = report.value
    const cites = [cite(artifact, signer.mac)]
    const from = signer.$.range.start - report.clear.start
    const stored = bytesOf(report.slice).subarray(from, from + LENGTH)
    // Tools put zeros where the firmware's reserved bytes stood; what was authenticated is then gone.
    if (isZero(stored.subarray(LENGTH - 32))) return finding('not-checked', 'csv.mac-gone', cites)
    const made = await hmac('SM3', teeInfo.mnonce.value, stored)
    const found = toHex(signer.mac.value)
    return sameBytes(made, signer.mac.value)
      ? finding('pass', 'csv.mac.holds', cites, { found, expected: toHex(made) })
      : finding('fail', 'csv.mac.fails', cites, { found, expected: toHex(made) })
  },
}
