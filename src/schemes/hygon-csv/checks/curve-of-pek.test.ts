import { expect, it } from 'vitest'
import { makePek, makeReportV1 } from '../attester.ts'
import { ask, flipped } from '../testing.ts'
import { curveOfPek } from './curve-of-pek.ts'

it('holds', async () => {
  expect(await ask(curveOfPek, {})).toMatchObject({ outcome: 'pass', because: { text: 'csv.curve.pek.holds' } })
})
it('a byte above the number', async () => {
  expect(await ask(curveOfPek, { report: await makeReportV1({ pek: flipped(makePek(), 60) }) })).toMatchObject({
    outcome: 'fail',
    because: { text: 'csv.limbs' },
  })
})
it('another curve', async () => {
  expect(await ask(curveOfPek, { report: await makeReportV1({ pek: flipped(makePek(), 16) }) })).toMatchObject({
    outcome: 'fail',
    because: { text: 'csv.curve-wrong' },
  })
})
