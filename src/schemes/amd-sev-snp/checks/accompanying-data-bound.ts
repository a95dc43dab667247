import { bytesOf } from '../../../core/place.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import { isZero, sameBytes, toHex } from '../../../bytes/layout.ts'
import type { HashName } from '../../../crypto/types.ts'
import { digest } from '../../../crypto/verify.ts'
import type { PreparedReport } from '../prepare.ts'
import { finding } from '../../../core/finding.ts'
import { ABI, citesOf, NO_REPORT } from './shared.ts'

const HASHES: readonly HashName[] = ['SHA-256', 'SHA-384', 'SHA-512']

/** Is REPORT_DATA the digest of the data that the container pairs with this report? The digest is over the bytes as they stand, never over what they were parsed to. */
export const accompanyingDataBound: CheckDefinition<PreparedReport> = {
  id: 'snp.accompanying-data-bound',
  layer: 2,
  weight: 'decides',
  dependsOn: [],
  spec: ABI('7.3, REPORT_DATA'),
  applies: ({ accompanying }) => accompanying.length > 0,
  async run(prepared) {
    const { report, accompanying } = prepared
    if (!report) return NO_REPORT
    const { reportData } = report.body
    for (const item of accompanying) {
      const { space, start, end } = item.slice
      const cites = [
        ...citesOf(prepared, reportData),
        { artifact: item.artifact, path: '', ranges: [{ space, start, end }] },
      ]
      if (item.hints['fault'] !== undefined)
        return finding('fail', 'snp.accompanying-contradictory', cites, { params: { name: item.name } })
      const named = HASHES.find((hash) => hash === item.hints['hash'])
      if (!named)
        return finding('unsupported', 'snp.accompanying-hash-unknown', cites, {
          params: { hash: item.hints['hash'] ?? '–' },
        })
      const wanted = await digest(named, bytesOf(item.slice))
      const params = { name: item.name, hash: named }
      const values = { found: toHex(reportData.value), expected: toHex(wanted) }
      const holds =
        sameBytes(reportData.value.subarray(0, wanted.length), wanted) &&
        isZero(reportData.value.subarray(wanted.length))
      if (!holds) return finding('fail', 'snp.accompanying-data-bound.fails', cites, { params, ...values })
      if (item === accompanying.at(-1))
        return finding('pass', 'snp.accompanying-data-bound.holds', cites, {
          params,
          ...values,
          proves: [{ from: 'report', to: 'data', by: 'hash' }],
          covers: accompanying.map((one) => ({
            artifact: one.artifact,
            range: { space: one.slice.space, start: one.slice.start, end: one.slice.end },
            by: 'hash' as const,
          })),
        })
    }
    return NO_REPORT
  },
}
