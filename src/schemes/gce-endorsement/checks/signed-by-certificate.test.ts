import { expect, it } from 'vitest'
import { demoKeys, makeEndorsement } from '../attester.ts'
import { ask } from '../testing.ts'
import { signedByCertificate } from './signed-by-certificate.ts'

it('passes by the key inside', async () =>
  expect(await ask(signedByCertificate, await makeEndorsement())).toMatchObject({ outcome: 'pass' }))
it('fails by another key, and with another salt', async () => {
  const other = await makeEndorsement({ bend: { signWith: demoKeys.other } })
  expect(await ask(signedByCertificate, other)).toMatchObject({ outcome: 'fail' })
  expect(await ask(signedByCertificate, await makeEndorsement({ bend: { saltLength: 20 } }))).toMatchObject({
    outcome: 'fail',
  })
})
it('stays open without a certificate', async () =>
  expect(await ask(signedByCertificate, Uint8Array.of(0x0a, 0, 0x12, 0))).toMatchObject({ outcome: 'not-checked' }))
