import { expect, it } from 'vitest'
import { makeCertificate, makeLegacyReport } from '../attester.ts'
import { demoKeys } from '../demo-keys.ts'
import { PDH } from '../layout.ts'
import { ask } from '../testing.ts'
import { signedByPek } from './signed-by-pek.ts'

it('passes for report and PDH', async () => {
  expect(await ask(signedByPek)).toMatchObject({ outcome: 'pass' })
  expect(await ask(signedByPek, { kind: 'pdh' })).toMatchObject({ outcome: 'pass' })
})
it('fails when a signed byte differs, or another key signed', async () => {
  const report = await makeLegacyReport()
  for (const at of [0, 15, 16, 47, 48, 51]) {
    const changed = report.slice()
    changed[at] = (changed[at] ?? 0) ^ 1
    expect(await ask(signedByPek, { subject: changed }), `byte ${at}`).toMatchObject({ outcome: 'fail' })
  }
  expect(await ask(signedByPek, { subject: await makeLegacyReport({ signer: demoKeys.foreign }) })).toMatchObject({
    outcome: 'fail',
  })
  expect(
    await ask(signedByPek, { kind: 'pdh', subject: await makeCertificate(PDH, { signer: demoKeys.foreign }) }),
  ).toMatchObject({ outcome: 'fail' })
})
it('fails when the upper bytes of a number are not zero', async () => {
  const report = await makeLegacyReport()
  const changed = report.slice()
  changed[report.length - 1] = 1
  expect(await ask(signedByPek, { subject: changed })).toMatchObject({
    outcome: 'fail',
    because: { text: 'sev.signature-upper' },
  })
})
it('is not checked without the PEK', async () =>
  expect(await ask(signedByPek, { without: ['pek'] })).toMatchObject({
    outcome: 'not-checked',
    because: { text: 'sev.no-pek' },
  }))
