import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { GOOD_TCB, makeLeaf, makeReport, OLD_TCB, PLAIN_POLICY } from '../amd-sev-snp/attester.ts'
import { issueDemoCrl } from '../amd-sev-snp/demo-authorities.ts'
import { makeQuote } from '../tpm2/attester.ts'
import { demoAk } from '../tpm2/demo-keys.ts'
import { makeEvidenceV0, makeEvidenceV2, makeHcl, makeHclTd, makeRuntimeData, userDataFor } from './attester.ts'
import { samples } from './samples.ts'

const runtime = makeRuntimeData(demoAk)

async function snp(tcb: typeof OLD_TCB.Milan) {
  return {
    hcl: makeHcl(await makeReport({ version: 3, tcb, reportData: await userDataFor(runtime) }), runtime),
    vcek: await makeLeaf({ tcb }),
    ...(await makeQuote({ pcrs: [0, 4, 7, 11] })),
  }
}

const RECIPES: Readonly<Record<string, () => Promise<readonly (readonly [string, Uint8Array])[]>>> = {
  'snp-evidence-v2': async () => [
    ['evidence.json', makeEvidenceV2(await snp(OLD_TCB.Milan))],
    ['milan.crl', await issueDemoCrl('Milan')],
  ],
  'snp-evidence-v0': async () => [['evidence.json', makeEvidenceV0(await snp(GOOD_TCB.Milan))]],
  'hcl-tdx': async () => [['hcl.bin', await makeHclTd(runtime)]],
}

it.runIf(process.env['WRITE_SAMPLES'] === '1')('writes the samples anew', async () => {
  for (const [id, recipe] of Object.entries(RECIPES)) {
    const files = (await recipe()).map(([name, bytes]) => ({ name, base64: Buffer.from(bytes).toString('base64') }))
    writeFileSync(
      join(dirname(fileURLToPath(import.meta.url)), 'samples', `${id}.json`),
      `${JSON.stringify({ files }, null, 2)}\n`,
    )
  }
})
it.runIf(process.env['WRITE_SAMPLES'] === '1')('writes the hardware reports that recipes start from', async () => {
  const debugPolicy = PLAIN_POLICY | (1n << 19n)
  const kinds = {
    good: { tcb: GOOD_TCB.Milan },
    old: { tcb: OLD_TCB.Milan },
    debug: { tcb: GOOD_TCB.Milan, policy: debugPolicy },
  }
  const reportData = await userDataFor(runtime)
  const files = []
  for (const [kind, recipe] of Object.entries(kinds)) {
    const report = await makeReport({ version: 3, reportData, ...recipe })
    files.push({ name: `${kind}.hcl`, base64: Buffer.from(makeHcl(report, runtime)).toString('base64') })
    files.push({ name: `${kind}.vcek`, base64: Buffer.from(await makeLeaf({ tcb: recipe.tcb })).toString('base64') })
  }
  files.push({ name: 'milan.crl', base64: Buffer.from(await issueDemoCrl('Milan')).toString('base64') })
  writeFileSync(
    join(dirname(fileURLToPath(import.meta.url)), 'recipe-parts.json'),
    `${JSON.stringify({ ak: demoAk, files }, null, 2)}\n`,
  )
})
it('has a recipe for every sample', () =>
  expect(samples.map((sample) => sample.id).sort()).toEqual(Object.keys(RECIPES).sort()))
