import { expect, it } from 'vitest'
import { demoKeys } from '../demo-keys.ts'
import { finding } from '../testing.ts'
import { makeBundle, SIGNED_AT } from '../attester.ts'
import { signingTimeKnown } from './signing-time-known.ts'

it('passes with the log’s promise, and says when', async () => {
  expect(await finding(signingTimeKnown)).toMatchObject({
    outcome: 'pass',
    because: { params: { at: new Date(SIGNED_AT).toISOString().replace('.000', '') } },
  })
})
it('does not take a time that nobody signed', async () => {
  expect(await finding(signingTimeKnown, { bend: { setKey: demoKeys.other } })).toMatchObject({
    outcome: 'not-checked',
  })
})
it('fails for a time stamp that is none', async () => {
  const text = new TextDecoder().decode(await makeBundle())
  const stamped = text.replace(
    '"tlogEntries"',
    '"timestampVerificationData": { "rfc3161Timestamps": [{ "signedTimestamp": "MAMCAQA=" }] }, "tlogEntries"',
  )
  expect(await finding(signingTimeKnown, new TextEncoder().encode(stamped))).toMatchObject({ outcome: 'fail' })
})
