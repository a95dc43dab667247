import { expect, it } from 'vitest'
import { demoKeys, makeReportBinary, makeReportJson, makeServiceReport } from '../attester.ts'
import { ask, withText } from '../testing.ts'
import { akSignedByDrk } from './ak-signed-by-drk.ts'

it('holds in both forms', async () => {
  const holds = { outcome: 'pass', because: { text: 'qca.ak-signed-by-drk.holds' } }
  expect(await ask(akSignedByDrk)).toMatchObject(holds)
  expect(await ask(akSignedByDrk, { report: await makeReportBinary(), format: 'qca.report' })).toMatchObject(holds)
})
it('another key signed', async () => {
  const fails = { outcome: 'fail', because: { text: 'signature.mismatch' } }
  const drk = demoKeys.other
  expect(await ask(akSignedByDrk, { report: await makeReportJson({ drk }) })).toMatchObject(fails)
  expect(await ask(akSignedByDrk, { report: await makeReportBinary({ drk }), format: 'qca.report' })).toMatchObject(
    fails,
  )
})
it('the attestation key was replaced', async () => {
  const report = await withText(demoKeys.ak.n ?? '', demoKeys.other.n ?? '')
  expect(await ask(akSignedByDrk, { report })).toMatchObject({ outcome: 'fail' })
})
it('no certificate', async () => {
  expect(await ask(akSignedByDrk, { report: await withText('"drk_cert"', '"drk_cerf"') })).toMatchObject({
    outcome: 'not-checked',
    because: { text: 'qca.no-drk' },
  })
})
it('a service vouches for the key instead', async () => {
  expect(await ask(akSignedByDrk, { report: await makeServiceReport() })).toMatchObject({ outcome: 'not-applicable' })
})
