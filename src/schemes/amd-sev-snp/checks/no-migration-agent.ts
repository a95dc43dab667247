import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedReport } from '../prepare.ts'
import { finding } from '../../../core/finding.ts'
import { ABI, citesOf, withReport } from './shared.ts'

/** Is moving the guest through a migration agent forbidden? With one, that agent must be relied on as much as the guest itself. */
export const noMigrationAgent: CheckDefinition<PreparedReport> = {
  id: 'snp.no-migration-agent',
  layer: 7,
  weight: 'decides',
  dependsOn: [],
  spec: ABI('4.3, guest policy, MIGRATE_MA'),
  run: withReport(({ body }, prepared) => {
    const cites = citesOf(prepared, body.policy, body.reportIdMa)
    if (body.policy.flags.MIGRATE_MA !== 1)
      return finding('pass', 'snp.no-migration-agent.holds', cites, {
        found: 'MIGRATE_MA = 0',
        expected: 'MIGRATE_MA = 0',
      })
    return finding(
      prepared.forbids.has('migratable') ? 'fail' : 'warn',
      prepared.forbids.has('migratable') ? 'snp.migration-forbidden' : 'snp.migration',
      cites,
      { found: 'MIGRATE_MA = 1', expected: 'MIGRATE_MA = 0' },
    )
  }),
}
