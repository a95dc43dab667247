import { expect, it } from 'vitest'
import { demoKeys, makeReportBinary, makeReportJson, makeReportObject, makeServiceReport, textOf } from '../attester.ts'
import { ask, withText } from '../testing.ts'
import { reportSignedByAk } from './report-signed-by-ak.ts'

const holds = { outcome: 'pass', because: { text: 'qca.report-signed-by-ak.holds' } }

it('holds with salts of any length, in both forms, and under a service’s certificate', async () => {
  for (const saltLength of [0, 20, 32, 222])
    expect(await ask(reportSignedByAk, { report: await makeReportJson({ saltLength }) })).toMatchObject(holds)
  expect(await ask(reportSignedByAk, { report: await makeReportBinary(), format: 'qca.report' })).toMatchObject(holds)
  expect(await ask(reportSignedByAk, { report: await makeServiceReport() })).toMatchObject(holds)
})
it('holds whatever the white space', async () => {
  const report = new TextEncoder().encode(JSON.stringify(await makeReportObject()))
  expect(await ask(reportSignedByAk, { report })).toMatchObject(holds)
})
it('signs members that are asked for as well', async () => {
  const more = {
    tcb: { version: '1', parts: ['a', 'b'], empty: {} },
    key: { kty: 'RSA' },
    count: 7,
    flag: true,
    none: null,
  }
  expect(await ask(reportSignedByAk, { report: await makeReportJson({ more }) })).toMatchObject(holds)
})
it('one member changed', async () => {
  expect(await ask(reportSignedByAk, { report: await withText('000000000001', '000000000002') })).toMatchObject({
    outcome: 'fail',
    because: { text: 'signature.mismatch' },
  })
})
it('members in another order', async () => {
  const report = await makeReportObject()
  const payload = Object.fromEntries(Object.entries(report['payload'] as object).toReversed())
  expect(await ask(reportSignedByAk, { report: textOf({ ...report, payload }) })).toMatchObject({ outcome: 'fail' })
})
it('another key', async () => {
  expect(await ask(reportSignedByAk, { report: await makeReportJson({ ak: demoKeys.other }) })).toMatchObject({
    outcome: 'fail',
  })
})
it('an algorithm that is not known', async () => {
  const report = await makeReportJson({ algorithm: 'ES512', ak: demoKeys.other })
  expect(await ask(reportSignedByAk, { report })).toMatchObject({
    outcome: 'unsupported',
    because: { text: 'crypto.unsupported' },
  })
})
it('numbers and characters that cannot be printed again', async () => {
  const inReport = (text: string) => withText(/"ta_attr": ""/, `"ta_attr": ${text}`)
  expect(await ask(reportSignedByAk, { report: await inReport('1.5') })).toMatchObject({
    outcome: 'unsupported',
    because: { text: 'qca.unprintable-number' },
  })
  expect(await ask(reportSignedByAk, { report: await inReport('"\\ud800"') })).toMatchObject({
    outcome: 'fail',
    because: { text: 'qca.unprintable-text' },
  })
})
it('an anonymous credential', async () => {
  const report = await makeReportObject({ scenario: 'sce_as_with_daa' })
  const daa = { 'sign.h2': 'AAAA', 'sign.s': 'AAAA' }
  const changed = textOf({
    ...report,
    report_sign: { sce_as_with_daa: daa },
    akcert: { sce_as_with_daa: 'AAAA' },
  })
  expect(await ask(reportSignedByAk, { report: changed })).toMatchObject({
    outcome: 'unsupported',
    because: { text: 'qca.daa' },
  })
})
it('no signature', async () => {
  expect(await ask(reportSignedByAk, { report: await withText('"report_sign"', '"report_sigm"') })).toMatchObject({
    outcome: 'not-checked',
    because: { text: 'qca.no-ak' },
  })
})
