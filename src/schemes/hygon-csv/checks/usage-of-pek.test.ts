import { expect, it } from 'vitest'
import { makePek, makeReportV1 } from '../attester.ts'
import { ask } from '../testing.ts'
import { usageOfPek } from './usage-of-pek.ts'

it('holds', async () => {
  expect(await ask(usageOfPek, {})).toMatchObject({ outcome: 'pass', because: { text: 'csv.usage.pek.holds' } })
})
it('a slot that names another kind of signer', async () => {
  expect(await ask(usageOfPek, { report: await makeReportV1({ pek: makePek({ slotUsage: 0x1003 }) }) })).toMatchObject({
    outcome: 'fail',
    because: { text: 'csv.usage-wrong' },
  })
})
