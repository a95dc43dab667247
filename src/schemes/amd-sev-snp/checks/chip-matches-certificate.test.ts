import { expect, it } from 'vitest'
import { demoChipId, makeLeaf, makeReport } from '../attester.ts'
import { PRODUCTS } from '../product.ts'
import { ask, leafFile } from '../testing.ts'
import { chipMatchesCertificate } from './chip-matches-certificate.ts'

it.each(PRODUCTS)('passes for the chip of %s', async (product) => {
  for (const wrapHwId of [false, true])
    expect(
      await ask(chipMatchesCertificate, await makeReport({ product, version: 5 }), {
        beside: [await leafFile(makeLeaf({ product, wrapHwId }))],
      }),
    ).toMatchObject({ outcome: 'pass' })
})
it('fails for another chip, although the key signed', async () => {
  const hwId = demoChipId('Milan')
  hwId[63] = (hwId[63] ?? 0) ^ 1
  expect(
    await ask(chipMatchesCertificate, await makeReport(), { beside: [await leafFile(makeLeaf({ hwId }))] }),
  ).toMatchObject({ outcome: 'fail', because: { text: 'snp.vcek-hwid' } })
})
it('fails when something stands behind the eight bytes that a short id names', async () => {
  const chipId = demoChipId('Turin')
  chipId[20] = 1
  expect(
    await ask(chipMatchesCertificate, await makeReport({ product: 'Turin', version: 5, chipId }), {
      beside: [await leafFile(makeLeaf({ product: 'Turin' }))],
    }),
  ).toMatchObject({ outcome: 'fail', because: { text: 'snp.vcek-hwid' } })
})
it('does not apply where no chip is named', async () => {
  expect(
    await ask(chipMatchesCertificate, await makeReport({ chipId: new Uint8Array(64) }), {
      beside: [await leafFile(makeLeaf())],
    }),
  ).toMatchObject({ outcome: 'not-applicable', because: { text: 'snp.chip-id-masked' } })
  expect(
    await ask(chipMatchesCertificate, await makeReport({ kind: 'VLEK' }), {
      beside: [await leafFile(makeLeaf({ kind: 'VLEK' }))],
    }),
  ).toMatchObject({ outcome: 'not-applicable', because: { text: 'snp.vlek-names-no-chip' } })
})
