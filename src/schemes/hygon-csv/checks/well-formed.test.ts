import { expect, it } from 'vitest'
import { makeReportV1 } from '../attester.ts'
import { ask } from '../testing.ts'
import { wellFormed } from './well-formed.ts'

it('holds', async () => {
  expect(await ask(wellFormed, {})).toMatchObject({ outcome: 'pass', because: { text: 'csv.well-formed.holds' } })
})
it('one byte short', async () => {
  expect(await ask(wellFormed, { report: (await makeReportV1()).subarray(0, 2547) })).toMatchObject({
    outcome: 'fail',
    because: { text: 'csv.well-formed.fails' },
  })
})
