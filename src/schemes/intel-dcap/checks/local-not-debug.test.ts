import { expect, it } from 'vitest'
import { context, makeSgxReport, makeTdReport, preparedLocal } from '../testing-local.ts'
import { localNotDebug } from './local-not-debug.ts'

it('passes when the report says that debug mode is off', async () => {
  expect(await localNotDebug.run(await preparedLocal('tdreport', await makeTdReport()), context)).toMatchObject({
    outcome: 'pass',
  })
  expect(await localNotDebug.run(await preparedLocal('sgx-report', makeSgxReport()), context)).toMatchObject({
    outcome: 'pass',
  })
})
it('fails when it says that it is on', async () => {
  expect(await localNotDebug.run(await preparedLocal('tdreport', await makeTdReport(1n)), context)).toMatchObject({
    outcome: 'fail',
    because: { text: 'intel.debug' },
  })
  expect(await localNotDebug.run(await preparedLocal('sgx-report', makeSgxReport(7n)), context)).toMatchObject({
    outcome: 'fail',
    because: { text: 'intel.debug' },
  })
})
