import { expect, it } from 'vitest'
import { makeReportV1 } from '../attester.ts'
import { ask, flipped } from '../testing.ts'
import { mac } from './mac.ts'

it('holds', async () => {
  expect(await ask(mac, {})).toMatchObject({ outcome: 'pass', because: { text: 'csv.mac.holds' } })
})
it('a changed MAC', async () => {
  expect(await ask(mac, { report: flipped(await makeReportV1(), 2540) })).toMatchObject({
    outcome: 'fail',
    because: { text: 'csv.mac.fails' },
  })
})
it('reserved bytes put to zero on the way', async () => {
  expect(
    await ask(mac, { report: (await makeReportV1()).map((byte, i) => (i >= 2484 && i < 2516 ? 0 : byte)) }),
  ).toMatchObject({ outcome: 'not-checked', because: { text: 'csv.mac-gone' } })
})
