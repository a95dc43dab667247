import { expect, it } from 'vitest'
import { makeReportBinary, makeServiceReport } from '../attester.ts'
import { ask, withText } from '../testing.ts'
import { wellFormed } from './well-formed.ts'

it('holds for both forms, and where a service vouches', async () => {
  const good = { outcome: 'pass', because: { text: 'qca.well-formed.holds' } }
  expect(await ask(wellFormed)).toMatchObject(good)
  expect(await ask(wellFormed, { report: await makeReportBinary(), format: 'qca.report' })).toMatchObject(good)
  expect(await ask(wellFormed, { report: await makeServiceReport() })).toMatchObject(good)
})
it('a member is missing', async () => {
  expect(await ask(wellFormed, { report: await withText('"ta_img"', '"ta_imh"') })).toMatchObject({
    outcome: 'fail',
    because: { text: 'qca.missing', params: { names: 'payload.ta_img' } },
  })
  expect(await ask(wellFormed, { report: await withText('"drk_sign"', '"drk_sigm"') })).toMatchObject({
    outcome: 'fail',
    because: { text: 'qca.missing' },
  })
})
it('a name stands twice, in the report or in the certificate of its key', async () => {
  for (const name of ['uuid', 'qta_img', 'payload'])
    expect(await ask(wellFormed, { report: await withText(`"${name}"`, `"${name}": "x", "${name}"`) })).toMatchObject({
      outcome: 'fail',
      because: { text: 'qca.repeated', params: { name } },
    })
})
it('a measurement of the binary form stands behind the signature', async () => {
  const report = await makeReportBinary()
  // data_offset of ta_img, the third parameter.
  const at = 100 + 12 * 2 + 8
  const end = report.length - 32
  for (let i = 0; i < 4; i++) report[at + i] = (end >> (8 * i)) & 255
  const found = await ask(wellFormed, { report, format: 'qca.report' })
  expect(found).toMatchObject({ outcome: 'fail', because: { text: 'qca.missing' } })
})
it('a report is cut off', async () => {
  const report = await makeReportBinary()
  for (const length of [0, 50, 99, 150, 400, report.length - 1])
    expect(
      (await ask(wellFormed, { report: report.subarray(0, length), format: 'qca.report' })).outcome,
      String(length),
    ).toBe('fail')
})
