import { expect, it } from 'vitest'
import { makeLeaf, makeReport } from '../attester.ts'
import { demoKeys } from '../demo-keys.ts'
import { PRODUCTS } from '../product.ts'
import { ask, leafFile } from '../testing.ts'
import { productAgrees } from './product-agrees.ts'

it.each(PRODUCTS)('passes for %s', async (product) =>
  expect(
    await ask(productAgrees, await makeReport({ product }), { beside: [await leafFile(makeLeaf({ product }))] }),
  ).toMatchObject({ outcome: 'pass' }),
)
it('takes the generation of a version 2 report from its certificate', async () =>
  expect(
    await ask(productAgrees, await makeReport({ version: 2 }), { beside: [await leafFile(makeLeaf())] }),
  ).toMatchObject({ outcome: 'pass', because: { text: 'snp.product-by-certificate' } }))
it('fails when a report of Genoa comes with a chain of Milan', async () => {
  const report = await makeReport({ product: 'Genoa', key: demoKeys.Milan.vcek })
  expect(await ask(productAgrees, report, { beside: [await leafFile(makeLeaf({ product: 'Milan' }))] })).toMatchObject({
    outcome: 'fail',
    because: { text: 'snp.product', params: { report: 'Genoa (19/11/1)', certificate: 'Milan-B0', root: 'Milan' } },
  })
  expect(
    await ask(productAgrees, report, {
      beside: [await leafFile(makeLeaf({ product: 'Milan', productName: 'Genoa' }))],
    }),
  ).toMatchObject({
    outcome: 'fail',
    because: { text: 'snp.product', params: { certificate: 'Genoa', root: 'Milan' } },
  })
})
it('names a version 2 report that is read as version 3', async () =>
  expect(
    await ask(productAgrees, await makeReport({ cpuid: [0, 0, 0] }), { beside: [await leafFile(makeLeaf())] }),
  ).toMatchObject({ outcome: 'fail', because: { text: 'snp.processor-zero' } }))
it('does not know Venice, or a processor without a name', async () => {
  expect(await ask(productAgrees, await makeReport({ cpuid: [0x1a, 0x50, 0] }))).toMatchObject({
    outcome: 'unsupported',
    because: { text: 'snp.processor-unsupported', params: { name: 'Venice' } },
  })
  expect(await ask(productAgrees, await makeReport({ cpuid: [0x19, 0x50, 0] }))).toMatchObject({
    outcome: 'unsupported',
    because: { text: 'snp.processor-unknown' },
  })
})
it('serves Bergamo and Siena under Genoa', async () =>
  expect(
    await ask(productAgrees, await makeReport({ product: 'Genoa', cpuid: [0x19, 0xa0, 2] }), {
      beside: [await leafFile(makeLeaf({ product: 'Genoa' }))],
    }),
  ).toMatchObject({ outcome: 'pass' }))
