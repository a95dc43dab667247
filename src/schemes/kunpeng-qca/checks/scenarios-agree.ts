import type { CheckDefinition } from '../../../core/scheme.ts'
import { SCENARIOS } from '../decoded.ts'
import type { PreparedQca } from '../prepare.ts'
import { finding } from '../../../core/finding.ts'
import { cite, QCA } from './shared.ts'

/** Do the unsigned parts name the scenario that the signed part names? It says who vouches for the attestation key. */
export const scenariosAgree: CheckDefinition<PreparedQca> = {
  id: 'qca.scenarios-agree',
  layer: 1,
  weight: 'decides',
  dependsOn: ['qca.well-formed'],
  spec: QCA('scenario'),
  run({ artifact, report }) {
    const { scenario, saidBeside } = report
    if (!scenario) return finding('not-checked', 'qca.no-scenario', [])
    const cites = [scenario, ...saidBeside].map((one) => cite(artifact, one))
    const other = saidBeside.find(({ value }) => value !== scenario.value)
    if (other)
      return finding('fail', 'qca.scenarios-agree.fails', cites, {
        found: other.value.slice(0, 40),
        expected: scenario.value.slice(0, 40),
      })
    return SCENARIOS.some((one) => one === scenario.value)
      ? finding('pass', 'qca.scenarios-agree.holds', cites, { found: scenario.value })
      : finding('unsupported', 'qca.scenario-unknown', cites, { params: { name: scenario.value.slice(0, 40) } })
  },
}
