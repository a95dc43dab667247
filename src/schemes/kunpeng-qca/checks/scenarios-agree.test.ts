import { expect, it } from 'vitest'
import { makeReportBinary, makeReportJson } from '../attester.ts'
import { ask, withText } from '../testing.ts'
import { scenariosAgree } from './scenarios-agree.ts'

it('holds', async () => {
  expect(await ask(scenariosAgree)).toMatchObject({ outcome: 'pass', found: 'sce_no_as' })
  expect(await ask(scenariosAgree, { report: await makeReportBinary(), format: 'qca.report' })).toMatchObject({
    outcome: 'pass',
  })
})
it('an unsigned part says another', async () => {
  expect(
    await ask(scenariosAgree, { report: await withText('"scenario": "sce_no_as"', '"scenario": "sce_as_no_daa"') }),
  ).toMatchObject({ outcome: 'fail', because: { text: 'qca.scenarios-agree.fails' } })
})
it('a scenario that nobody knows', async () => {
  expect(await ask(scenariosAgree, { report: await makeReportJson({ scenario: 'sce_new' }) })).toMatchObject({
    outcome: 'unsupported',
    because: { text: 'qca.scenario-unknown' },
  })
})
it('no scenario', async () => {
  const without = await withText(/"scenario"/g, '"scenarii"')
  expect(await ask(scenariosAgree, { report: without })).toMatchObject({
    outcome: 'not-checked',
    because: { text: 'qca.no-scenario' },
  })
})
