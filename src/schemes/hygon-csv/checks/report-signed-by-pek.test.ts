import { expect, it } from 'vitest'
import { makeReportV1 } from '../attester.ts'
import { ask, flipped } from '../testing.ts'
import { reportSignedByPek } from './report-signed-by-pek.ts'

it('holds', async () => {
  expect(await ask(reportSignedByPek, {})).toMatchObject({
    outcome: 'pass',
    because: { text: 'csv.report-signed-by-pek.holds' },
  })
})
it('a changed digest', async () => {
  expect(await ask(reportSignedByPek, { report: flipped(await makeReportV1(), 150) })).toMatchObject({
    outcome: 'fail',
    because: { text: 'signature.mismatch' },
  })
})
it('another key', async () => {
  expect(await ask(reportSignedByPek, { report: await makeReportV1({ signer: 'other' }) })).toMatchObject({
    outcome: 'fail',
    because: { text: 'signature.mismatch' },
  })
})
it('a byte above a half of the signature', async () => {
  expect(await ask(reportSignedByPek, { report: flipped(await makeReportV1(), 230) })).toMatchObject({
    outcome: 'fail',
    because: { text: 'csv.limbs' },
  })
})
