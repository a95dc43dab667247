import type { CheckDefinition } from '../../../core/scheme.ts'
import type { Tcb } from '../layout.ts'
import { componentsOf } from '../leaf.ts'
import type { PreparedReport } from '../prepare.ts'
import { finding } from '../../../core/finding.ts'
import { ABI, citeTcb, COMPONENT_LABEL, tcbText, withReport } from './shared.ts'

/** Are the four levels in the order in which firmware is taken up: reported ≤ committed ≤ current, launch ≤ current? Providers run firmware provisionally, so a difference is a note with numbers. */
export const tcbInOrder: CheckDefinition<PreparedReport> = {
  id: 'snp.tcb-in-order',
  layer: 6,
  weight: 'notes',
  dependsOn: [],
  spec: ABI('3.3, TCB versions and provisional firmware'),
  run: withReport(({ body }, prepared) => {
    const { reportedTcb, committedTcb, currentTcb, launchTcb } = body
    const { product } = prepared
    const cites = [reportedTcb, committedTcb, currentTcb, launchTcb].map((tcb) => citeTcb(prepared, tcb))
    const found = (
      [
        ['REPORTED', reportedTcb],
        ['COMMITTED', committedTcb],
        ['CURRENT', currentTcb],
        ['LAUNCH', launchTcb],
      ] as const
    )
      .map(([name, tcb]) => `${name}: ${tcbText(tcb, product)}`)
      .join('\n')
    const over = (low: readonly [string, Tcb], high: readonly [string, Tcb]) =>
      componentsOf(product).flatMap((component) => {
        const [a, b] = [low[1][component]?.value, high[1][component]?.value]
        return a !== undefined && b !== undefined && a > b
          ? [`${COMPONENT_LABEL[component]}: ${low[0]} ${a} > ${high[0]} ${b}`]
          : []
      })
    const wrong = [
      ...over(['REPORTED', reportedTcb], ['COMMITTED', committedTcb]),
      ...over(['COMMITTED', committedTcb], ['CURRENT', currentTcb]),
      ...over(['LAUNCH', launchTcb], ['CURRENT', currentTcb]),
    ]
    if (wrong.length > 0) return finding('warn', 'snp.tcb-order', cites, { params: { names: wrong.join('; ') }, found })
    const provisional = componentsOf(product).filter(
      (component) => committedTcb[component]?.value !== currentTcb[component]?.value,
    )
    if (
      provisional.length > 0 ||
      body.currentVersion.build.value !== body.committedVersion.build.value ||
      body.currentVersion.minor.value !== body.committedVersion.minor.value
    ) {
      const text = (version: typeof body.currentVersion) =>
        `${version.major.value}.${version.minor.value}.${version.build.value}`
      if (text(body.currentVersion) === text(body.committedVersion)) {
        const side = (tcb: Tcb) =>
          provisional.map((component) => `${COMPONENT_LABEL[component]} ${tcb[component]?.value ?? '–'}`).join(', ')
        return finding('warn', 'snp.tcb-provisional', cites, {
          params: { current: side(currentTcb), committed: side(committedTcb) },
          found,
        })
      }
      return finding('warn', 'snp.firmware-provisional', cites, {
        params: { current: text(body.currentVersion), committed: text(body.committedVersion) },
        found,
      })
    }
    return finding('pass', 'snp.tcb-in-order.holds', cites, { found })
  }),
}
