import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedLegacy } from '../prepare.ts'
import { finding } from '../../../core/finding.ts'
import { SEV } from './shared.ts'

/** Is debugging forbidden? Before SNP a set bit forbids it. */
export const debugOff: CheckDefinition<PreparedLegacy> = {
  id: 'sev.debug-off',
  role: 'debug-mode',
  layer: 7,
  weight: 'decides',
  dependsOn: ['sev.subject-whole'],
  spec: SEV('3, guest policy, NODBG'),
  applies: ({ subject }) => subject.kind === 'report',
  run({ subject, artifact }) {
    const policy = subject.kind === 'report' ? subject.decoded.value?.body.policy : undefined
    if (!policy) return finding('not-checked', 'sev.no-report', [])
    const cites = [{ artifact, path: policy.path, ranges: policy.ranges }]
    return policy.flags.NODBG === 1
      ? finding('pass', 'sev.debug-off.holds', cites, { found: 'NODBG = 1', expected: 'NODBG = 1' })
      : finding('fail', 'sev.debug', cites, { code: 'debug', found: 'NODBG = 0', expected: 'NODBG = 1' })
  },
}
