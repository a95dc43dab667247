import { expect, it } from 'vitest'
import { cborBytes, cborText } from '../../../bytes/cbor-writer.ts'
import { digest } from '../../../crypto/verify.ts'
import { demoKeys, makeToken, realmKeyClaim } from '../attester.ts'
import { context, prepared, preparedFrom } from '../testing.ts'
import { claimsFollowRules } from './claims-follow-rules.ts'
import { platformSigned } from './platform-signed.ts'
import { realmKeyBoundToPlatform } from './realm-key-bound-to-platform.ts'
import { realmSigned } from './realm-signed.ts'

it('passes when the platform was challenged with the digest of this key, whatever the hash', async () => {
  expect(await realmKeyBoundToPlatform.run(await prepared(), context)).toMatchObject({ outcome: 'pass' })
  const challenge = await digest('SHA-512', realmKeyClaim(demoKeys.rak, 'new'))
  expect(
    await realmKeyBoundToPlatform.run(
      await prepared({ bend: { realmHash: 'sha-512', platformChallenge: challenge } }),
      context,
    ),
  ).toMatchObject({ outcome: 'pass' })
})
it('fails for tokens of two machines put together, although both signatures hold', async () => {
  const mixed = await prepared({
    bend: { platformChallenge: await digest('SHA-256', realmKeyClaim(demoKeys.other, 'new')) },
  })
  expect(await realmKeyBoundToPlatform.run(mixed, context)).toMatchObject({
    outcome: 'fail',
    because: { text: 'cca.binding' },
  })
  expect(await platformSigned.run(mixed, context)).toMatchObject({ outcome: 'pass' })
  expect(await realmSigned.run(mixed, context)).toMatchObject({ outcome: 'pass' })
})
it('fails when a zero is left off or added: the digest is compared as a whole', async () => {
  const whole = await digest('SHA-256', realmKeyClaim(demoKeys.rak, 'new'))
  const longer = new Uint8Array(64)
  longer.set(whole)
  expect(
    await realmKeyBoundToPlatform.run(await prepared({ bend: { platformChallenge: longer } }), context),
  ).toMatchObject({ outcome: 'fail' })
})
it('cannot be done for an unknown hash, nor without the platform', async () => {
  expect(await realmKeyBoundToPlatform.run(await prepared({ bend: { realmHash: 'sha-3' } }), context)).toMatchObject({
    outcome: 'unsupported',
    because: { text: 'cca.hash-unknown' },
  })
  expect(
    await realmKeyBoundToPlatform.run(
      await preparedFrom(await makeToken({ form: 'cmw', bend: { without: 'platform' } })),
      context,
    ),
  ).toMatchObject({ outcome: 'not-checked', because: { text: 'cca.platform-missing' } })
})

const profiled = async (profile: string, ...claims: (readonly [number, Uint8Array])[]) =>
  prepared({ bend: { platformClaims: [[265, cborText(profile)], ...claims] } })

it('reads the claim that the profile has for it', async () => {
  const right = cborBytes(await digest('SHA-256', realmKeyClaim(demoKeys.rak, 'new')))
  const wrong = cborBytes(await digest('SHA-256', realmKeyClaim(demoKeys.other, 'new')))
  for (const profile of [
    'http://arm.com/CCA-SSD/1.0.0',
    'tag:arm.com,2023:cca_platform#1.0.0',
    'tag:arm.com,2024:cca_platform#2.0.0',
  ]) {
    expect(await realmKeyBoundToPlatform.run(await profiled(profile, [10, right]), context)).toMatchObject({
      outcome: 'pass',
    })
    // A claim of another profile does not count.
    expect(
      await realmKeyBoundToPlatform.run(await profiled(profile, [10, wrong], [2408, right]), context),
    ).toMatchObject({ outcome: 'fail' })
  }
  for (const profile of [
    'tag:arm.com,2026:cca_platform#2.0.0',
    'tag:arm.com,2026:cca_platform#2.0.0;delegated',
    'tag:arm.com,2026:cca_platform#2.0.0#delegated',
  ]) {
    expect(await realmKeyBoundToPlatform.run(await profiled(profile, [2408, right]), context)).toMatchObject({
      outcome: 'pass',
    })
    expect(await claimsFollowRules.run(await profiled(profile, [2408, right]), context)).toMatchObject({
      outcome: 'pass',
    })
    // There the challenge may be anybody's.
    expect(
      await realmKeyBoundToPlatform.run(await profiled(profile, [10, right], [2408, wrong]), context),
    ).toMatchObject({ outcome: 'fail', because: { text: 'cca.binding' } })
    expect(await realmKeyBoundToPlatform.run(await profiled(profile, [10, right]), context)).toMatchObject({
      outcome: 'not-checked',
    })
    expect(await claimsFollowRules.run(await profiled(profile, [10, right]), context)).toMatchObject({
      outcome: 'fail',
    })
  }
})
it('is never read out of a profile that is not known', async () => {
  const right = cborBytes(await digest('SHA-256', realmKeyClaim(demoKeys.rak, 'new')))
  for (const profile of ['tag:arm.com,2026:cca_platform#2.0.0;direct', 'tag:arm.com,2027:cca_platform#3.0.0', '']) {
    expect(
      await realmKeyBoundToPlatform.run(await profiled(profile, [10, right], [2408, right]), context),
    ).toMatchObject({ outcome: 'unsupported', because: { text: 'cca.profile-unknown' } })
  }
})
