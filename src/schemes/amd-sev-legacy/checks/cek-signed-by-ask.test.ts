import { expect, it } from 'vitest'
import { makeCertificate } from '../attester.ts'
import { demoKeys } from '../demo-keys.ts'
import { CEK } from '../layout.ts'
import { ask } from '../testing.ts'
import { cekSignedByAsk } from './cek-signed-by-ask.ts'

it('passes', async () => expect(await ask(cekSignedByAsk)).toMatchObject({ outcome: 'pass' }))
it('fails when another authority signed', async () =>
  expect(
    await ask(cekSignedByAsk, { replace: { cek: makeCertificate(CEK, { authority: demoKeys.other }) } }),
  ).toMatchObject({ outcome: 'fail' }))
it('is not checked without the ASK', async () =>
  expect(await ask(cekSignedByAsk, { without: ['ask'] })).toMatchObject({
    outcome: 'not-checked',
    because: { text: 'sev.no-ask' },
  }))
