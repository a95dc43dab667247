import { expect, it } from 'vitest'
import { digest } from '../../../crypto/verify.ts'
import { demoKeys, makeToken, realmKeyClaim } from '../attester.ts'
import { context, prepared, preparedFrom } from '../testing.ts'
import { platformSigned } from './platform-signed.ts'
import { realmKeyBoundToPlatform } from './realm-key-bound-to-platform.ts'
import { realmSigned } from './realm-signed.ts'

it('passes when the platform was challenged with the digest of this key, whatever the hash', async () => {
  expect(await realmKeyBoundToPlatform.run(await prepared(), context)).toMatchObject({ outcome: 'pass' })
  const challenge = await digest('SHA-512', realmKeyClaim(demoKeys.rak, 'new'))
  expect(await realmKeyBoundToPlatform.run(await prepared({ bend: { realmHash: 'sha-512', platformChallenge: challenge } }), context)).toMatchObject({ outcome: 'pass' })
})
it('fails for tokens of two machines put together, although both signatures hold', async () => {
  const mixed = await prepared({ bend: { platformChallenge: await digest('SHA-256', realmKeyClaim(demoKeys.other, 'new')) } })
  expect(await realmKeyBoundToPlatform.run(mixed, context)).toMatchObject({ outcome: 'fail', because: { text: 'cca.binding' } })
  expect(await platformSigned.run(mixed, context)).toMatchObject({ outcome: 'pass' })
  expect(await realmSigned.run(mixed, context)).toMatchObject({ outcome: 'pass' })
})
it('fails when a zero is left off or added: the digest is compared as a whole', async () => {
  const whole = await digest('SHA-256', realmKeyClaim(demoKeys.rak, 'new'))
  const longer = new Uint8Array(64)
  longer.set(whole)
  expect(await realmKeyBoundToPlatform.run(await prepared({ bend: { platformChallenge: longer } }), context)).toMatchObject({ outcome: 'fail' })
})
it('cannot be done for an unknown hash, nor without the platform', async () => {
  expect(await realmKeyBoundToPlatform.run(await prepared({ bend: { realmHash: 'sha-3' } }), context)).toMatchObject({ outcome: 'unsupported', because: { text: 'cca.hash-unknown' } })
  expect(await realmKeyBoundToPlatform.run(await preparedFrom(await makeToken({ form: 'cmw', bend: { without: 'platform' } })), context)).toMatchObject({ outcome: 'not-checked', because: { text: 'cca.platform-missing' } })
})
