import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedReport } from '../prepare.ts'
import { finding } from '../../../core/finding.ts'
import { ABI, citesOf, withReport } from './shared.ts'

/** Is debugging forbidden by the guest's policy? With it, the host may decrypt the guest's memory. */
export const debugOff: CheckDefinition<PreparedReport> = {
  id: 'snp.debug-off',
  role: 'debug-mode',
  layer: 7,
  weight: 'decides',
  dependsOn: [],
  spec: ABI('4.3, guest policy, DEBUG'),
  run: withReport(({ body }, prepared) =>
    body.policy.flags.DEBUG === 1
      ? finding('fail', 'snp.debug', citesOf(prepared, body.policy), {
          code: 'debug',
          found: 'DEBUG = 1',
          expected: 'DEBUG = 0',
        })
      : finding('pass', 'snp.debug-off.holds', citesOf(prepared, body.policy), {
          found: 'DEBUG = 0',
          expected: 'DEBUG = 0',
        }),
  ),
}
