import { expect, it } from 'vitest'
import { context, makeSgxReport, makeTdReport, preparedLocal } from '../testing-local.ts'
import { tdreportHashes } from './tdreport-hashes.ts'

it('passes when both digests belong to their parts', async () => {
  expect(await tdreportHashes.run(await preparedLocal('tdreport', await makeTdReport()), context)).toMatchObject({
    outcome: 'pass',
  })
})
it('fails when a byte of either part, or of a digest, differs', async () => {
  const report = await makeTdReport()
  for (const [at, name] of [
    [300, 'TEE_TCB_INFO_HASH'],
    [700, 'TEE_INFO_HASH'],
    [40, 'TEE_TCB_INFO_HASH'],
    [100, 'TEE_INFO_HASH'],
  ] as const) {
    const changed = report.map((byte, i) => (i === at ? byte ^ 1 : byte))
    expect(await tdreportHashes.run(await preparedLocal('tdreport', changed), context)).toMatchObject({
      outcome: 'fail',
      because: { params: { name } },
    })
  }
})
it('does not arise for other reports', async () => {
  expect(tdreportHashes.applies?.(await preparedLocal('sgx-report', makeSgxReport()))).toBe(false)
})
