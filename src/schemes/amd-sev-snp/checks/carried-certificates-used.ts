import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedReport } from '../prepare.ts'
import { finding } from '../../../core/finding.ts'
import { KDS } from './shared.ts'

/** Is every certificate that the evidence itself carries the one on the chain? A changed copy would go unseen where ours can stand in for it. */
export const carriedCertificatesUsed: CheckDefinition<PreparedReport> = {
  id: 'snp.carried-certificates-used',
  layer: 3,
  weight: 'decides',
  dependsOn: ['snp.chains-to-ark'],
  spec: KDS('1.3, certificate hierarchy'),
  applies: ({ carried }) => carried.length > 0,
  run({ carried, path, leaf }) {
    const citeOf = ({ item }: (typeof carried)[number]) => ({
      artifact: item.artifact,
      path: '',
      ranges: [{ space: item.slice.space, start: item.slice.start, end: item.slice.end }],
    })
    const unreadable = carried.find((one) => one.state === 'unreadable')
    if (unreadable)
      return finding('fail', 'snp.carried-unreadable', [citeOf(unreadable)], { params: { slot: unreadable.slot } })
    // Hosts keep certificates of an older TCB. Where another one signed, the one in the file only is not used.
    const isLeaf = (slot: string) => slot === 'VCEK' || slot === 'VLEK'
    const idle = carried.filter(
      (one) => one.state === 'unused' && !(isLeaf(one.slot) && leaf.chosen?.belongs === 'verifies'),
    )
    const unused = idle.find((one) => isLeaf(one.slot)) ?? idle[0]
    if (unused)
      return finding(path || isLeaf(unused.slot) ? 'fail' : 'not-checked', 'snp.carried-unused', [citeOf(unused)], {
        params: { slot: unused.slot },
      })
    return finding('pass', 'snp.carried-certificates-used.holds', carried.map(citeOf), {
      params: { count: carried.length },
    })
  },
}
