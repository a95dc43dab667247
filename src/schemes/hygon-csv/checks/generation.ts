import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedCsv } from '../prepare.ts'
import { finding } from '../../../core/finding.ts'
import { cite, CSV, reportOf } from './shared.ts'

/** Must the guest run as CSV3, where memory is kept from the hypervisor's remapping too? */
export const generation: CheckDefinition<PreparedCsv> = {
  id: 'csv.generation',
  layer: 7,
  weight: 'decides',
  dependsOn: ['csv.well-formed'],
  spec: CSV('guest policy, ES and CSV3'),
  applies: (prepared) => reportOf(prepared) !== undefined,
  run(prepared) {
    const policy = reportOf(prepared)?.value?.teeInfo.policy
    if (!policy) return finding('not-checked', 'csv.not-whole', [])
    const cites = [cite(prepared.artifact, policy)]
    const { CSV3, ES } = policy.flags
    if (CSV3 === 1) return finding('pass', 'csv.generation.holds', cites, { found: 'CSV3 = 1' })
    const remedy = say('csv.require-csv3')
    return ES === 1
      ? finding('warn', 'csv.csv2-only', cites, { found: 'ES = 1, CSV3 = 0', remedy })
      : finding('warn', 'csv.csv1-only', cites, { found: 'ES = 0, CSV3 = 0', remedy })
  },
}
