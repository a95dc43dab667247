import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedReport } from '../prepare.ts'
import { finding } from '../../../core/finding.ts'
import { ABI, citesOf, withReport } from './shared.ts'

/** Is simultaneous multithreading off, where the reader demands it? */
export const smtAsYouWish: CheckDefinition<PreparedReport> = {
  id: 'snp.smt-as-you-wish',
  layer: 7,
  weight: 'decides',
  dependsOn: [],
  spec: ABI('4.3, guest policy, SMT'),
  applies: ({ forbids }) => forbids.has('smt'),
  run: withReport(({ body }, prepared) => {
    const cites = citesOf(prepared, body.policy)
    return body.policy.flags.SMT === 1
      ? finding('fail', 'snp.smt-forbidden', cites, { found: 'SMT = 1', expected: 'SMT = 0' })
      : finding('pass', 'snp.smt-as-you-wish.holds', cites, { found: 'SMT = 0', expected: 'SMT = 0' })
  }),
}
