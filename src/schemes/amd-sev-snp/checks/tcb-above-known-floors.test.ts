import { expect, it } from 'vitest'
import { GOOD_TCB, makeReport, OLD_TCB } from '../attester.ts'
import { PRODUCTS } from '../product.ts'
import { ask } from '../testing.ts'
import { tcbAboveKnownFloors } from './tcb-above-known-floors.ts'

it.each(PRODUCTS)('warns when %s is below, with bulletin and source', async (product) => {
  const finding = await ask(tcbAboveKnownFloors, await makeReport({ product, version: 5, tcb: OLD_TCB[product] }))
  expect(finding).toMatchObject({ outcome: 'warn', because: { text: 'snp.below-known-floor' } })
  expect(finding.found).toMatch(/0x[0-9a-f]+ < 0x[0-9a-f]+ {3}\w+/)
  expect(finding.because.lists?.['names']?.map(({ params }) => params['bulletin'])).toContainEqual(
    expect.stringMatching(/^AMD-SB-30\d\d$/),
  )
})
it.each(PRODUCTS)('acquits nobody: %s above every number is not checked', async (product) => {
  expect(
    await ask(tcbAboveKnownFloors, await makeReport({ product, version: 5, tcb: GOOD_TCB[product] })),
  ).toMatchObject({ outcome: 'not-checked', because: { text: 'snp.no-statement-of-current' } })
})
it("leaves the word to the reader's own minimum, but still accuses", async () => {
  expect(await ask(tcbAboveKnownFloors, await makeReport(), { policy: { minimumTcb: { snp: 1 } } })).toMatchObject({
    outcome: 'not-applicable',
  })
  expect(
    await ask(tcbAboveKnownFloors, await makeReport({ tcb: OLD_TCB.Milan }), { policy: { minimumTcb: { snp: 1 } } }),
  ).toMatchObject({ outcome: 'warn' })
})
it('compares nothing where the generation is unknown', async () =>
  expect(await ask(tcbAboveKnownFloors, await makeReport({ version: 2 }))).toMatchObject({
    outcome: 'not-checked',
    because: { text: 'snp.floors-no-product' },
  }))
