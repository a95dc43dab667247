import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedReport } from '../prepare.ts'
import { finding } from '../../../core/finding.ts'
import { ABI, citesOf, withReport } from './shared.ts'

/** Does the policy shut out what can be shut out: a second thread on the core, a second socket, CXL memory, ciphertext that the host can watch? Every real report leaves some of it open. */
export const policyStrict: CheckDefinition<PreparedReport> = {
  id: 'snp.policy-strict',
  layer: 7,
  weight: 'notes',
  dependsOn: [],
  spec: ABI('4.3, guest policy'),
  run: withReport(({ body }, prepared) => {
    const { SMT, SINGLE_SOCKET, CXL_ALLOW, CIPHERTEXT_HIDING_DRAM } = body.policy.flags
    const open = [
      ...(SMT === 1 ? ['SMT'] : []),
      ...(SINGLE_SOCKET === 0 ? ['SINGLE_SOCKET'] : []),
      ...(CXL_ALLOW === 1 ? ['CXL_ALLOW'] : []),
      ...(CIPHERTEXT_HIDING_DRAM === 0 ? ['CIPHERTEXT_HIDING_DRAM'] : []),
    ]
    const cites = citesOf(prepared, body.policy)
    return open.length === 0
      ? finding('pass', 'snp.policy-strict.holds', cites)
      : finding('warn', 'snp.policy-open', cites, { params: { names: open.join(', ') } })
  }),
}
