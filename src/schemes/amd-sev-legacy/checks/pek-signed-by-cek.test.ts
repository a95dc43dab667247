import { expect, it } from 'vitest'
import { makeCertificate } from '../attester.ts'
import { demoKeys } from '../demo-keys.ts'
import { CEK, PEK } from '../layout.ts'
import { ask } from '../testing.ts'
import { pekSignedByCek } from './pek-signed-by-cek.ts'

it('passes', async () => expect(await ask(pekSignedByCek)).toMatchObject({ outcome: 'pass' }))
it('fails when another chip signed', async () =>
  expect(
    await ask(pekSignedByCek, { replace: { pek: makeCertificate(PEK, { signer: demoKeys.foreign }) } }),
  ).toMatchObject({ outcome: 'fail' }))
it('is not checked without the CEK', async () =>
  expect(await ask(pekSignedByCek, { without: ['cek'] })).toMatchObject({
    outcome: 'not-checked',
    because: { text: 'sev.no-cek' },
  }))
it("fails, and is not missing, when the signer's certificate says that it is for something else", async () => {
  const cek = (await makeCertificate(CEK)).slice()
  for (const bit of [0, 6]) {
    const changed = cek.slice()
    changed[8] = (changed[8] ?? 0) ^ (1 << bit)
    expect(await ask(pekSignedByCek, { replace: { cek: Promise.resolve(changed) } }), `bit ${bit}`).toMatchObject({
      outcome: 'fail',
      because: { text: 'sev.signer-usage' },
    })
  }
})
