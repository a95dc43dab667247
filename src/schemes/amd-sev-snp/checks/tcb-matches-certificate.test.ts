import { expect, it } from 'vitest'
import { GOOD_TCB, makeLeaf, makeReport } from '../attester.ts'
import { demoKeys } from '../demo-keys.ts'
import { PRODUCTS } from '../product.ts'
import { ask, leafFile } from '../testing.ts'
import { componentsOf } from '../leaf.ts'
import { tcbMatchesCertificate } from './tcb-matches-certificate.ts'

it.each(PRODUCTS)('passes when every component of %s is equal', async (product) => {
  expect(
    await ask(tcbMatchesCertificate, await makeReport({ product, version: 5 }), {
      beside: [await leafFile(makeLeaf({ product }))],
    }),
  ).toMatchObject({ outcome: 'pass' })
})
it.each(PRODUCTS)('fails when any one component of %s differs, although the key signed', async (product) => {
  for (const component of componentsOf(product)) {
    const tcb = { ...GOOD_TCB[product], [component]: (GOOD_TCB[product][component] ?? 0) + 1 }
    expect(
      await ask(tcbMatchesCertificate, await makeReport({ product, version: 5 }), {
        beside: [await leafFile(makeLeaf({ product, tcb }))],
      }),
      component,
    ).toMatchObject({ outcome: 'fail', because: { text: 'snp.vcek-tcb' } })
  }
})
it('compares by component: a high microcode does not hide a low boot loader', async () => {
  const tcb = { ...GOOD_TCB.Milan, bootloader: 1, microcode: 255 }
  expect(
    await ask(tcbMatchesCertificate, await makeReport({ tcb }), { beside: [await leafFile(makeLeaf())] }),
  ).toMatchObject({
    outcome: 'fail',
    because: {
      text: 'snp.vcek-tcb',
      params: { report: 'BOOT_LOADER 1 · MICROCODE 255', certificate: 'BOOT_LOADER 4 · MICROCODE 222' },
    },
  })
})
it("reads a version 2 report of Turin in Turin's order, once the certificate says so", async () => {
  expect(
    await ask(tcbMatchesCertificate, await makeReport({ product: 'Turin', version: 2 }), {
      beside: [await leafFile(makeLeaf({ product: 'Turin' }))],
    }),
  ).toMatchObject({ outcome: 'pass' })
})
it('is not checked without a certificate', async () =>
  expect(await ask(tcbMatchesCertificate, await makeReport())).toMatchObject({ outcome: 'not-checked' }))
it('leaves it open when the certificate did not sign and is more than a bit away: it may be the wrong one', async () => {
  const other = { ...GOOD_TCB.Milan, snp: 0x17, microcode: 0xd1 }
  expect(
    await ask(tcbMatchesCertificate, await makeReport(), {
      beside: [await leafFile(makeLeaf({ tcb: other, key: demoKeys.Genoa.vcek }))],
    }),
  ).toMatchObject({ outcome: 'not-checked', because: { text: 'snp.certificate-other-tcb' } })
})
