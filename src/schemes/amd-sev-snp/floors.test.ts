import { describe, expect, it } from 'vitest'
import { sliceOf } from '../../core/place.ts'
import { GOOD_TCB, makeReport, OLD_TCB, type ReportRecipe } from './attester.ts'
import { compareFloors, FLOORS, summaryOf, type Floor, type Level } from './floors.ts'
import { readReport } from './formats/report.ts'
import { PRODUCTS, type Product } from './product.ts'

async function levelOf(product: Product, recipe: ReportRecipe = {}): Promise<Level> {
  const { decoded } = readReport(sliceOf('', await makeReport({ product, version: 5, ...recipe })))
  if (!decoded.report) throw new Error('no report')
  const { body } = decoded.report
  return {
    product,
    tcb: body.reportedTcb,
    cpuid: body.cpuid,
    mitigations: body.mitigations,
    smtAllowed: body.policy.flags.SMT === 1,
  }
}
const vendor = (floor: Floor): Floor => ({ ...floor, source: { ...floor.source, class: 'vendor' } })

describe('rows', () => {
  it('each name bulletin and source, once', () => {
    expect(new Set(FLOORS.map((floor) => floor.id)).size).toBe(FLOORS.length)
    for (const floor of FLOORS) {
      expect(floor.bulletin).toMatch(/^AMD-SB-\d{4}$/)
      expect(floor.cves.length).toBeGreaterThan(0)
      expect(floor.source.read).not.toBe('')
    }
  })
  it('do not compile without a source', () => {
    // @ts-expect-error a number that nobody read anywhere must not get in
    const row: Floor = {
      id: 'x',
      name: 'x',
      bulletin: 'AMD-SB-0000',
      cves: [],
      product: 'Milan',
      need: { kind: 'component', component: 'snp', minimum: 1 },
    }
    expect(row.id).toBe('x')
  })
})

describe('what they can say', () => {
  it('one second-hand row is enough not to acquit: every row is flipped', async () => {
    for (const product of PRODUCTS) {
      const level = await levelOf(product, { tcb: GOOD_TCB[product] })
      const own = FLOORS.filter((floor) => floor.product === product && floor.conflict === undefined)
      expect(summaryOf(compareFloors(level, own.map(vendor))), `${product}, all by the vendor`).toBe('met')
      for (const second of own) {
        const mixed = own.map((floor) => (floor === second ? floor : vendor(floor)))
        const applies = compareFloors(level, mixed).some((one) => one.floor === second)
        expect(summaryOf(compareFloors(level, mixed)), second.id).toBe(applies ? 'not-acquitted' : 'met')
      }
      expect(summaryOf(compareFloors(level, FLOORS)), `${product}, as they are`).toBe('not-acquitted')
    }
  })
  it('one row that is missed is enough to accuse, second-hand or not', async () => {
    for (const product of PRODUCTS)
      expect(summaryOf(compareFloors(await levelOf(product, { tcb: OLD_TCB[product] })))).toBe('below')
  })
  it('no rows say nothing', async () =>
    expect(summaryOf(compareFloors(await levelOf('Milan'), []))).toBe('not-acquitted'))
  it('conflicting sources are shown and accuse nobody', async () => {
    const results = compareFloors(await levelOf('Genoa', { tcb: { ...GOOD_TCB.Genoa, snp: 0x1b } }))
    expect(results.find((one) => one.floor.id === 'fabricked-genoa')?.state).toBe('conflicting')
    expect(summaryOf(results)).toBe('not-acquitted')
  })
})

describe('what a report does not say stays unknown', () => {
  it('microcode is compared within one stepping only', async () => {
    const other = compareFloors(
      await levelOf('Genoa', { cpuid: [0x19, 0xa0, 2], tcb: { ...GOOD_TCB.Genoa, microcode: 0x1b } }),
    )
    expect(
      other.filter((one) => one.floor.need.kind === 'component' && one.floor.need.component === 'microcode'),
    ).toEqual([])
    const unnamed = compareFloors(await levelOf('Genoa', { version: 2 }))
    expect(
      unnamed
        .filter((one) => one.floor.need.kind === 'component' && one.floor.need.component === 'microcode')
        .every((one) => one.state === 'unknown'),
    ).toBe(true)
  })
  it('mitigations are unknown before version 5', async () =>
    expect(
      compareFloors(await levelOf('Milan', { version: 3 })).find((one) => one.floor.id === 'rmpocalypse-milan')?.state,
    ).toBe('unknown'))
  it('StackWarp needs two threads of one core', async () => {
    const low = { ...GOOD_TCB.Genoa, microcode: 0x55 }
    expect(
      compareFloors(await levelOf('Genoa', { tcb: low })).find((one) => one.floor.id === 'stackwarp-genoa')?.state,
    ).toBe('below')
    expect(
      compareFloors(await levelOf('Genoa', { tcb: low, policy: 0x20000n })).find(
        (one) => one.floor.id === 'stackwarp-genoa',
      )?.state,
    ).toBe('met')
  })
})
