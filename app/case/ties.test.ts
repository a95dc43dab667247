import { expect, it } from 'vitest'
import { appraise } from '../../src/engine/appraise.ts'
import { catalogue, sampleFiles } from '../../src/engine/catalogue.ts'
import { tiesOf } from './ties.ts'

async function groups(...wanted: readonly (readonly [scheme: string, id: string])[]) {
  const { samples } = await catalogue()
  const files = (await Promise.all(wanted.map(async ([scheme, id]) => sampleFiles(scheme, id)))).flat()
  const at = Date.parse(samples.find((one) => one.scheme === wanted[0]?.[0] && one.id === wanted[0][1])?.at ?? '')
  return new Set(tiesOf(await appraise(files, { at, atSource: 'given', policy: { schema: 'policy/1' } })).values()).size
}

it('evidence that a check ties is one group', async () => {
  expect(await groups(['nvidia-gpu', 'cpu-gpu-bound'])).toBe(1)
  expect(await groups(['intel-dcap', 'tdx-up-to-date'])).toBe(1)
})
it('evidence that only lies beside other evidence is not', async () => {
  expect(await groups(['intel-dcap', 'tdx-up-to-date'], ['amd-sev-snp', 'milan-v3-old'])).toBe(2)
  expect(await groups(['aws-nitro', 'enclave'], ['psa', 'token'], ['amd-sev-snp', 'turin-v5'])).toBe(3)
})
