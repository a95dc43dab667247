import { expect, it } from 'vitest'
import { makeReportV1 } from '../attester.ts'
import { ask } from '../testing.ts'
import { generation } from './generation.ts'

it('holds', async () => {
  expect(await ask(generation, {})).toMatchObject({ outcome: 'pass', because: { text: 'csv.generation.holds' } })
})
it('CSV2', async () => {
  expect(await ask(generation, { report: await makeReportV1({ policy: 0x05 }) })).toMatchObject({
    outcome: 'warn',
    because: { text: 'csv.csv2-only' },
  })
})
it('CSV1', async () => {
  expect(await ask(generation, { report: await makeReportV1({ policy: 0x21 }) })).toMatchObject({
    outcome: 'warn',
    because: { text: 'csv.csv1-only' },
  })
})
