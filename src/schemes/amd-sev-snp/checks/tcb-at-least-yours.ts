import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import { COMPONENTS } from '../vcek.ts'
import type { PreparedReport } from '../prepare.ts'
import { finding } from '../../../core/finding.ts'
import { ABI, citeTcb, COMPONENT_LABEL, tcbText, withReport } from './shared.ts'

/** Is every component at least at the level that the reader demands? AMD signs no statement of what is current, so only the reader's own floor can be met. */
export const tcbAtLeastYours: CheckDefinition<PreparedReport> = {
  id: 'snp.tcb-at-least-yours',
  layer: 6,
  weight: 'decides',
  dependsOn: [],
  spec: ABI('2.2, TCB_VERSION'),
  applies: ({ minimumTcb }) => minimumTcb !== undefined && Object.keys(minimumTcb).length > 0,
  run: withReport(({ body }, prepared) => {
    const given = Object.entries(prepared.minimumTcb ?? {})
    const cites = [citeTcb(prepared, body.reportedTcb)]
    const expected = given.map(([name, least]) => `${name} ≥ ${least}`).join(' · ')
    const values = { found: tcbText(body.reportedTcb, prepared.product), expected }
    const unknown = given.filter(([name]) => !COMPONENTS.some((component) => component === name)).map(([name]) => name)
    if (unknown.length > 0)
      return finding('not-checked', 'snp.minimum-unknown', cites, {
        params: { names: unknown.join(', '), known: COMPONENTS.join(', ') },
        ...values,
        remedy: say('snp.remedy.minimum', {}, 'own-minimum'),
      })
    const short = COMPONENTS.flatMap((component) => {
      const least = given.find(([name]) => name === component)?.[1]
      const own = body.reportedTcb[component]?.value
      return least === undefined ? [] : [{ component, least, own }]
    })
    const absent = short.filter((one) => one.own === undefined)
    if (absent.length > 0)
      return finding('not-checked', 'snp.minimum-not-there', cites, {
        params: { names: absent.map((one) => COMPONENT_LABEL[one.component]).join(', ') },
        ...values,
      })
    const below = short.filter((one) => (one.own ?? 0) < one.least)
    if (below.length > 0)
      return finding('fail', 'snp.below-yours', cites, {
        params: { names: below.map((one) => `${COMPONENT_LABEL[one.component]} ${one.own} < ${one.least}`).join(', ') },
        ...values,
      })
    return finding('pass', 'snp.tcb-at-least-yours.holds', cites, { params: { count: short.length }, ...values })
  }),
}
