import { say, sayListed } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import { FLOORS_DATED, summaryOf, type FloorResult, type FloorState } from '../floors.ts'
import type { PreparedReport } from '../prepare.ts'
import { finding } from '../../../core/finding.ts'
import { citeTcb, COMPONENT_LABEL, distinctWeaknesses, withReport } from './shared.ts'

const SIGN: Readonly<Record<FloorState, string>> = { below: '<', met: '≥', unknown: '?', conflicting: '<>' }
const hex = (value: number) => `0x${value.toString(16)}`

/** `SNP 0x18 < 0x1b   RMPocalypse (AMD-SB-3020)`; `?` where the report does not say, `<>` where sources contradict each other. No words: this is shown as it is in every language. */
function line({ floor, state, found }: FloorResult): string {
  const { need } = floor
  const what = need.kind === 'component' ? COMPONENT_LABEL[need.component] : `CURRENT_MIT_VECTOR[${need.bit}]`
  const least = need.kind === 'component' ? hex(need.minimum) : '1'
  const value = found === undefined ? '' : need.kind === 'component' ? hex(found) : String(found)
  if (found === undefined) return `${what} ?   ${floor.name} (${floor.bulletin})`
  return `${what} ${value} ${SIGN[state]} ${least}   ${floor.name} (${floor.bulletin})`
}

/** Is any component below a level that is known to be too old? Every number was read at second hand, so being above all of them acquits nobody. */
export const tcbAboveKnownFloors: CheckDefinition<PreparedReport> = {
  id: 'snp.tcb-above-known-floors',
  layer: 6,
  weight: 'decides',
  dependsOn: [],
  spec: {
    title: 'AMD product security bulletins',
    section: 'as each row names it',
    url: 'https://www.amd.com/en/resources/product-security.html',
  },
  run: withReport((report, prepared) => {
    const { floors, product, minimumTcb } = prepared
    const cites = [citeTcb(prepared, report.body.reportedTcb)]
    if (!product || !prepared.isKnownVersion) return finding('not-checked', 'snp.floors-no-product', cites)
    const below = floors.filter((one) => one.state === 'below')
    const params = {
      date: FLOORS_DATED,
      count: below.length,
      of: floors.length,
    }
    const names = distinctWeaknesses(below)
    const found = floors.map(line).join('\n')
    switch (summaryOf(floors)) {
      case 'below':
        return {
          ...finding('warn', 'snp.below-known-floor', cites, { found, remedy: say('snp.remedy.firmware') }),
          because: sayListed('snp.below-known-floor', params, { names }),
        }
      case 'met':
        return finding('pass', 'snp.tcb-above-known-floors.holds', cites, { params, found })
      case 'not-acquitted':
        return minimumTcb && Object.keys(minimumTcb).length > 0
          ? finding('not-applicable', 'snp.floors-yours-counts', cites, { params, found })
          : finding('not-checked', 'snp.no-statement-of-current', cites, { params, found })
    }
  }),
}
