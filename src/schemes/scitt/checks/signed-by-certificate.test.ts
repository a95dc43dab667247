import { expect, it } from 'vitest'
import { makeStatement } from '../attester.ts'
import { demoKeys } from '../demo-keys.ts'
import { finding } from '../testing.ts'
import { signedByCertificate } from './signed-by-certificate.ts'

it('passes under the first certificate’s key', async () => {
  expect(await finding(signedByCertificate)).toMatchObject({ outcome: 'pass' })
})
it('fails under another key, and for a changed measurement', async () => {
  expect(await finding(signedByCertificate, { bend: { signWith: demoKeys.other } })).toMatchObject({ outcome: 'fail' })
  const changed = await makeStatement()
  const at = new TextDecoder('latin1').decode(changed).indexOf('a1a1a1')
  changed[at] = 0x62
  expect(await finding(signedByCertificate, changed)).toMatchObject({ outcome: 'fail' })
})
it('misses a key where there is no certificate', async () => {
  expect(await finding(signedByCertificate, { bend: { certificates: [] } })).toMatchObject({
    outcome: 'not-checked',
    code: 'key-missing',
  })
})
