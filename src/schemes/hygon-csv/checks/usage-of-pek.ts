import type { CheckDefinition } from '../../../core/scheme.ts'
import { CEK, OCA, PEK, SM2_SIGN, USAGE } from '../numbers.ts'
import type { PreparedCsv } from '../prepare.ts'
import { finding } from '../../../core/finding.ts'
import { cite, CSV, reportOf } from './shared.ts'

const name = (usage: number) => USAGE[usage] ?? `0x${usage.toString(16)}`

/** Do the platform's certificate and both of its signature slots say what they are for? The slots are signed by nobody. */
export const usageOfPek: CheckDefinition<PreparedCsv> = {
  id: 'csv.usage.pek',
  layer: 1,
  weight: 'decides',
  dependsOn: ['csv.well-formed'],
  spec: CSV('PEK certificate: usages'),
  applies: (prepared) => reportOf(prepared) !== undefined,
  run(prepared) {
    const { artifact } = prepared
    const value = reportOf(prepared)?.value
    if (!value) return finding('not-checked', 'csv.not-whole', [])
    const { body, first, second } = value.signer.pek
    const { usage, algorithm } = 'usage' in value ? value : value.teeInfo
    const rows = [
      { field: usage, expected: PEK },
      { field: body.usage, expected: PEK },
      { field: first.usage, expected: CEK },
      { field: second.usage, expected: OCA },
    ]
    const odd = rows.find(({ field, expected }) => field.value !== expected)
    if (odd)
      return finding('fail', 'csv.usage-wrong', [cite(artifact, odd.field)], {
        params: { found: name(odd.field.value), expected: name(odd.expected) },
        found: name(odd.field.value),
        expected: name(odd.expected),
      })
    const other = [algorithm, body.algorithm, first.algorithm].find((field) => field.value !== SM2_SIGN)
    if (other)
      return finding('fail', 'csv.algorithm-wrong', [cite(artifact, other)], { params: { found: other.value } })
    return finding(
      'pass',
      'csv.usage.pek.holds',
      rows.map(({ field }) => cite(artifact, field)),
    )
  },
}
