import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { sliceOf } from '../../core/place.ts'
import { NO_POLICY } from '../../core/policy.ts'
import { appraise } from '../../engine/appraise.ts'
import { tilingFaults } from '../../bytes/layout.ts'
import { sampleFiles } from '../../engine/catalogue.ts'
import { DEMO_MEASUREMENT, demoKeys, makeEndorsement, type EndorsementRecipe } from './attester.ts'
import { samples } from './samples.ts'
import { endorsementTree } from './tree.ts'

it.runIf(process.env['WRITE_SAMPLES'] === '1')('writes the sample anew', async () => {
  const files = [{ name: 'endorsement.binarypb', base64: Buffer.from(await makeEndorsement()).toString('base64') }]
  writeFileSync(
    join(dirname(fileURLToPath(import.meta.url)), 'samples', 'endorsement.json'),
    `${JSON.stringify({ files }, null, 2)}\n`,
  )
})
it('has a sample that can be read', async () => {
  for (const sample of samples) for (const file of await sample.files()) expect(file.bytes.length).toBeGreaterThan(500)
})

/** Beside a report of the demonstration whose measurement is the one that the endorsement names. */
async function beside(recipe: EndorsementRecipe) {
  const report = await sampleFiles('amd-sev-snp', 'milan-v2')
  const endorsement = { name: 'endorsement.binarypb', bytes: await makeEndorsement(recipe) }
  const view = await appraise([...report, endorsement], {
    at: Date.parse('2026-01-02T00:00:00Z'),
    atSource: 'given',
    policy: NO_POLICY,
  })
  return { view, said: view.checks.filter(({ id }) => id === 'software.statement-matches') }
}

describe('an endorsement beside a report', () => {
  it('names the machine size whose measurement the report signs', async () => {
    const { view, said } = await beside({})
    expect(said.map(({ outcome, because }) => `${outcome} ${because.text}`)).toEqual([
      'pass software.statement-matches.holds',
    ])
    expect(view.statements[0]).toMatchObject({ standing: 'authentic', issuer: 'Demonstration Firmware Signer' })
    expect(view.statements[0]?.ties).toMatchObject([{ fit: 'matches', group: 'SEV-SNP, 2 vCPU', counts: true }])
    expect(DEMO_MEASUREMENT).toHaveLength(96)
  })
  it.each([
    ['another measurement', { measurement: 'b7'.repeat(48) }, 'statement.not-for-this'],
    ['another signer', { bend: { signWith: demoKeys.other } }, 'statement.rejected'],
    ['another salt', { bend: { saltLength: 20 } }, 'statement.rejected'],
  ] as const)('%s', async (_, recipe, text) =>
    expect((await beside(recipe)).said.map(({ because }) => because.text)).toEqual([text]),
  )
})
it('tiles at every length, and reading throws for none', async () => {
  const whole = await makeEndorsement()
  for (let length = 1; length < whole.length; length += 41) {
    const slice = sliceOf('', whole.subarray(0, length))
    expect(tilingFaults(endorsementTree(slice), slice)).toEqual({ holes: [], overlaps: [] })
  }
})
