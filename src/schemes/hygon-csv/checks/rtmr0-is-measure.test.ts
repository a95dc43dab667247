import { expect, it } from 'vitest'
import { makeReportV2 } from '../attester.ts'
import { ask } from '../testing.ts'
import { rtmr0IsMeasure } from './rtmr0-is-measure.ts'

it('holds', async () => {
  expect(await ask(rtmr0IsMeasure, { report: await makeReportV2() })).toMatchObject({
    outcome: 'pass',
    because: { text: 'csv.rtmr0-is-measure.holds' },
  })
})
it('differs', async () => {
  expect(await ask(rtmr0IsMeasure, { report: await makeReportV2({ rtmr0: new Uint8Array(32) }) })).toMatchObject({
    outcome: 'fail',
    because: { text: 'csv.rtmr0-is-measure.fails' },
  })
})
it('is not asked of version 1', async () => {
  expect(await ask(rtmr0IsMeasure, {})).toMatchObject({
    outcome: 'not-applicable',
    because: { text: 'check.not-applicable' },
  })
})
