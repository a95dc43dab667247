import { expect, it } from 'vitest'
import { context, makeSgxReport, makeTdReport, preparedLocal } from '../testing-local.ts'
import { localWellFormed } from './local-well-formed.ts'

it('passes on whole reports', async () => {
  expect(await localWellFormed.run(await preparedLocal('tdreport', await makeTdReport()), context)).toMatchObject({
    outcome: 'pass',
  })
  expect(await localWellFormed.run(await preparedLocal('sgx-report', makeSgxReport()), context)).toMatchObject({
    outcome: 'pass',
  })
})
it('fails when the bytes end early', async () => {
  expect(
    await localWellFormed.run(await preparedLocal('tdreport', (await makeTdReport()).slice(0, 1000)), context),
  ).toMatchObject({ outcome: 'fail', because: { text: 'quote.truncated' } })
})
