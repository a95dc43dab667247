import { expect, it } from 'vitest'
import { makeReport, PLAIN_POLICY } from '../attester.ts'
import { ask } from '../testing.ts'
import { noMigrationAgent } from './no-migration-agent.ts'

const migratable = PLAIN_POLICY | (1n << 18n)
it('passes when bit 18 is clear', async () =>
  expect(await ask(noMigrationAgent, await makeReport())).toMatchObject({ outcome: 'pass' }))
it('warns when it is set, and fails when the reader forbids it', async () => {
  expect(await ask(noMigrationAgent, await makeReport({ policy: migratable }))).toMatchObject({
    outcome: 'warn',
    because: { text: 'snp.migration' },
  })
  expect(
    await ask(noMigrationAgent, await makeReport({ policy: migratable }), { policy: { forbid: ['migratable'] } }),
  ).toMatchObject({ outcome: 'fail', because: { text: 'snp.migration-forbidden' } })
})
