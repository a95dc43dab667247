import { expect, it } from 'vitest'
import { cborBytes, cborMap } from '../../../bytes/cbor-writer.ts'
import { digest } from '../../../crypto/verify.ts'
import { signWith } from '../../../pki/issue.ts'
import { demoKeys, makeAppAttest } from '../attester.ts'
import { FORMATS } from '../formats.ts'
import { prepareAssertion } from '../prepare-assertion.ts'
import { beside, context, itemOf } from '../testing.ts'
import { assertionSigned } from './assertion-signed.ts'

const REQUEST = 'a request of the app'

async function assertion(key: JsonWebKey): Promise<Uint8Array> {
  const authData = Uint8Array.from([...new Uint8Array(32).fill(1), 0x40, 0, 0, 0, 7])
  const hash = await digest('SHA-256', new TextEncoder().encode(REQUEST))
  const nonce = await digest('SHA-256', Uint8Array.from([...authData, ...hash]))
  const signature = await signWith(key, { kind: 'ecdsa', hash: 'SHA-256', form: 'der' }, nonce)
  return cborMap(['signature', cborBytes(signature)], ['authenticatorData', cborBytes(authData)])
}

it('passes under the key of an attestation, and ties the two', async () => {
  const item = itemOf(0, FORMATS.assertion, await assertion(demoKeys.credential))
  const attestation = itemOf(1, FORMATS.attestation, await makeAppAttest())
  const prepared = await prepareAssertion(item, { ...beside(REQUEST), items: [attestation] })
  expect(await assertionSigned.run(prepared, context)).toMatchObject({ outcome: 'pass', binds: [1], bindsBy: 'key' })
})
it('stays open without a key, under another, and without what was signed', async () => {
  const attestation = itemOf(1, FORMATS.attestation, await makeAppAttest())
  for (const [key, given] of [
    [demoKeys.credential, beside(REQUEST)],
    [demoKeys.other, { ...beside(REQUEST), items: [attestation] }],
    [demoKeys.credential, { ...context, items: [attestation] }],
  ] as const) {
    const prepared = await prepareAssertion(itemOf(0, FORMATS.assertion, await assertion(key)), given)
    expect(await assertionSigned.run(prepared, context)).toMatchObject({ outcome: 'not-checked' })
  }
})
