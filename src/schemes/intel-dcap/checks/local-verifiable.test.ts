import { expect, it } from 'vitest'
import { context, makeEpidQuote, makeSgxReport, makeTdReport, preparedLocal } from '../testing-local.ts'
import { localVerifiable } from './local-verifiable.ts'

it('says of each that it cannot be verified here, and why; it never says that it is wrong', async () => {
  expect(await localVerifiable.run(await preparedLocal('tdreport', await makeTdReport()), context)).toMatchObject({
    outcome: 'unsupported',
    because: { text: 'intel.mac-only', params: { kind: 'TDREPORT' } },
  })
  expect(await localVerifiable.run(await preparedLocal('sgx-report', makeSgxReport()), context)).toMatchObject({
    outcome: 'unsupported',
    because: { text: 'intel.mac-only', params: { kind: 'REPORT' } },
  })
  expect(await localVerifiable.run(await preparedLocal('epid', makeEpidQuote()), context)).toMatchObject({
    outcome: 'unsupported',
    because: { text: 'intel.epid-ended' },
  })
})
