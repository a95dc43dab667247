import { expect, it } from 'vitest'
import { makeBundle } from '../attester.ts'
import { demoKeys } from '../demo-keys.ts'
import { context, droppedFile, finding } from '../testing.ts'
import { signedByCertificate } from './signed-by-certificate.ts'

const file = new TextEncoder().encode('a file')

it('passes over an envelope, over a file, and over the digest of a file that is not here', async () => {
  expect(await finding(signedByCertificate)).toMatchObject({ outcome: 'pass' })
  const withFile = { ...context, items: [droppedFile(1, file)] }
  expect(await finding(signedByCertificate, { file }, withFile)).toMatchObject({
    outcome: 'pass',
    because: { text: 'sigstore.signed-by-certificate.holds' },
  })
  expect(await finding(signedByCertificate, { file })).toMatchObject({
    outcome: 'pass',
    because: { text: 'sigstore.signed-over-digest' },
  })
})
it('fails under another key, and for another payload type', async () => {
  expect(await finding(signedByCertificate, { bend: { signWith: demoKeys.other } })).toMatchObject({ outcome: 'fail' })
  expect(await finding(signedByCertificate, { file, bend: { signWith: demoKeys.other } })).toMatchObject({
    outcome: 'fail',
  })
  const text = new TextDecoder().decode(await makeBundle())
  const other = new TextEncoder().encode(text.replace('vnd.in-toto+json', 'vnd.in-toto+cbor'))
  expect(await finding(signedByCertificate, other)).toMatchObject({ outcome: 'fail' })
})
