import { expect, it } from 'vitest'
import { demoKeys } from '../demo-keys.ts'
import { finding } from '../testing.ts'
import { sctSigned } from './sct-signed.ts'

it('passes for the certificate log’s signature', async () => {
  expect(await finding(sctSigned)).toMatchObject({ outcome: 'pass' })
})
it('fails under another key, and where there is none', async () => {
  expect(await finding(sctSigned, { bend: { sctKey: demoKeys.other } })).toMatchObject({
    outcome: 'fail',
    because: { text: 'sigstore.sct.fails' },
  })
  expect(await finding(sctSigned, { bend: { withoutSct: true } })).toMatchObject({
    outcome: 'fail',
    because: { text: 'sigstore.sct.missing' },
  })
})
