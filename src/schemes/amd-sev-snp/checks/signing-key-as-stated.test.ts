import { expect, it } from 'vitest'
import { makeLeaf, makeReport } from '../attester.ts'
import { demoKeys } from '../demo-keys.ts'
import { ask, leafFile } from '../testing.ts'
import { signingKeyAsStated } from './signing-key-as-stated.ts'

it.each(['VCEK', 'VLEK'] as const)('passes for a %s that the report states', async (kind) =>
  expect(
    await ask(signingKeyAsStated, await makeReport({ kind }), { beside: [await leafFile(makeLeaf({ kind }))] }),
  ).toMatchObject({ outcome: 'pass' }),
)
it('fails when the report states the other kind', async () => {
  expect(
    await ask(signingKeyAsStated, await makeReport({ keyInfo: 4 }), { beside: [await leafFile(makeLeaf())] }),
  ).toMatchObject({ outcome: 'fail', because: { text: 'snp.signing-key', params: { stated: 'VLEK' } } })
  expect(
    await ask(signingKeyAsStated, await makeReport({ kind: 'VLEK', keyInfo: 0 }), {
      beside: [await leafFile(makeLeaf({ kind: 'VLEK' }))],
    }),
  ).toMatchObject({ outcome: 'fail', because: { text: 'snp.signing-key', params: { stated: 'VCEK' } } })
})
it("fails when a chip's certificate stands under the authority for providers", async () => {
  expect(
    await ask(signingKeyAsStated, await makeReport(), {
      beside: [await leafFile(makeLeaf({ issuer: 'asvk', issuerKey: demoKeys.Milan.asvk }))],
    }),
  ).toMatchObject({ outcome: 'fail', because: { text: 'snp.signing-key' } })
})
it('does not know a kind without a name', async () =>
  expect(
    await ask(signingKeyAsStated, await makeReport({ keyInfo: 3 << 2 }), { beside: [await leafFile(makeLeaf())] }),
  ).toMatchObject({ outcome: 'unsupported' }))
