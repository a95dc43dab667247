import { expect, it } from 'vitest'
import { makeReport } from '../attester.ts'
import { ask } from '../testing.ts'
import { reportWhole } from './report-whole.ts'

it('passes on a whole report', async () =>
  expect(await ask(reportWhole, await makeReport())).toMatchObject({ outcome: 'pass' }))
it('fails at every shorter length', async () => {
  const report = await makeReport()
  for (let length = 0; length < report.length; length += 7)
    expect(await ask(reportWhole, report.slice(0, length))).toMatchObject({
      outcome: 'fail',
      because: { text: 'snp.report-whole.fails', params: { have: length } },
    })
})
