import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedCsv } from '../prepare.ts'
import { finding } from '../../../core/finding.ts'
import { cite, CSV, reportOf } from './shared.ts'

/** Is debugging forbidden? A set bit forbids it. */
export const notDebug: CheckDefinition<PreparedCsv> = {
  id: 'csv.not-debug',
  role: 'debug-mode',
  layer: 7,
  weight: 'decides',
  dependsOn: ['csv.well-formed'],
  spec: CSV('guest policy, NODBG'),
  applies: (prepared) => reportOf(prepared) !== undefined,
  run(prepared) {
    const policy = reportOf(prepared)?.value?.teeInfo.policy
    if (!policy) return finding('not-checked', 'csv.not-whole', [])
    const cites = [cite(prepared.artifact, policy)]
    return policy.flags.NODBG === 1
      ? finding('pass', 'csv.not-debug.holds', cites, { found: 'NODBG = 1', expected: 'NODBG = 1' })
      : finding('fail', 'csv.debug', cites, { code: 'debug', found: 'NODBG = 0', expected: 'NODBG = 1' })
  },
}
