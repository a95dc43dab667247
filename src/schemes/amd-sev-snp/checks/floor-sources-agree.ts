import { sayListed } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedReport } from '../prepare.ts'
import { finding } from '../../../core/finding.ts'
import { citeTcb, distinctWeaknesses, withReport } from './shared.ts'

/** Do public sources agree about the levels that this report misses? A number that another source contradicts is shown and accuses nobody. */
export const floorSourcesAgree: CheckDefinition<PreparedReport> = {
  id: 'snp.floor-sources-agree',
  layer: 6,
  weight: 'notes',
  dependsOn: [],
  spec: {
    title: 'AMD product security bulletins',
    section: 'as each row names it',
    url: 'https://www.amd.com/en/resources/product-security.html',
  },
  applies: ({ floors }) => floors.length > 0,
  run: withReport((report, prepared) => {
    const cites = [citeTcb(prepared, report.body.reportedTcb)]
    const disputed = prepared.floors.filter((one) => one.state === 'conflicting')
    return disputed.length === 0
      ? finding('pass', 'snp.floor-sources-agree.holds', cites, { params: { of: prepared.floors.length } })
      : {
          outcome: 'warn',
          because: sayListed('snp.floor-conflict', {}, { names: distinctWeaknesses(disputed) }),
          cites,
        }
  }),
}
