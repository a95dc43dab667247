import { expect, it } from 'vitest'
import { makeReportV1 } from '../attester.ts'
import { ask } from '../testing.ts'
import { notDebug } from './not-debug.ts'

it('holds', async () => {
  expect(await ask(notDebug, {})).toMatchObject({ outcome: 'pass', because: { text: 'csv.not-debug.holds' } })
})
it('debugging allowed', async () => {
  expect(await ask(notDebug, { report: await makeReportV1({ policy: 0x44 }) })).toMatchObject({
    outcome: 'fail',
    because: { text: 'csv.debug' },
  })
})
