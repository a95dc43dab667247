import { expect, it } from 'vitest'
import { makeReportJson, makeRoot, makeServiceReport } from '../attester.ts'
import { ask, withText } from '../testing.ts'
import { chainToRoot } from './chain-to-root.ts'

const holds = { outcome: 'pass', because: { text: 'qca.chain-to-root.holds' } }

it('holds for a device and for a service’s certificate', async () => {
  expect(await ask(chainToRoot)).toMatchObject(holds)
  expect(await ask(chainToRoot, { report: await makeServiceReport() })).toMatchObject(holds)
})
it('a certificate that only uses the root’s name', async () => {
  const report = await makeReportJson({ issuer: 'root-name' })
  expect(await ask(chainToRoot, { report })).toMatchObject({ outcome: 'fail', because: { text: 'chain.signature' } })
  expect(await ask(chainToRoot, { report, beside: [await makeRoot()] })).toMatchObject({ outcome: 'fail' })
})
it('a device key of one’s own is whole in itself: its root is unknown', async () => {
  expect(await ask(chainToRoot, { report: await makeReportJson({ issuer: 'self' }) })).toMatchObject(holds)
})
it('no certificate', async () => {
  expect(await ask(chainToRoot, { report: await withText('"drk_cert"', '"drk_cerf"') })).toMatchObject({
    outcome: 'not-checked',
    because: { text: 'qca.no-certificate' },
  })
})
