import { rangeOf } from '../../../core/place.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import { CEK, HSK, NO_USAGE, USAGE } from '../numbers.ts'
import type { PreparedCsv } from '../prepare.ts'
import { finding } from '../../../core/finding.ts'
import { CSV } from './shared.ts'

/** Does the chip's certificate name Hygon's signing key as its one signer? */
export const usageOfCek: CheckDefinition<PreparedCsv> = {
  id: 'csv.usage.cek',
  layer: 5,
  answer: 'genuine',
  weight: 'decides',
  dependsOn: ['csv.pek-signed-by-cek'],
  spec: CSV('CEK certificate: usages'),
  applies: ({ cek }) => cek !== undefined,
  run({ cek }) {
    if (!cek) return finding('not-checked', 'csv.no-cek', [])
    const { body, first, second } = cek.value
    const cites = [{ artifact: cek.item.artifact, path: '', ranges: [rangeOf(cek.slice)] }]
    const fits = body.usage.value === CEK && first.usage.value === HSK && second.usage.value === NO_USAGE
    const found = [body, first, second].map(({ usage }) => USAGE[usage.value] ?? usage.value).join(', ')
    return fits
      ? finding('pass', 'csv.usage.cek.holds', cites, { found })
      : finding('fail', 'csv.usage-wrong', cites, { found, params: { found, expected: 'CEK, HSK, none' } })
  },
}
