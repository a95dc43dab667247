import { expect, it } from 'vitest'
import { demoKeys, maaClaims, makeMaaToken, makeToken } from '../attester.ts'
import { finding, prepared, withKeys, withoutKeys } from '../testing.ts'
import { kidIsKeyHash } from './kid-is-key-hash.ts'

it('passes for the digest, and is open for another name', async () => {
  expect(await finding(kidIsKeyHash, await makeMaaToken(), await withKeys('maa'))).toMatchObject({ outcome: 'pass' })
  const token = await makeToken({ alg: 'RS256', key: demoKeys.maa, claims: maaClaims(), header: { kid: 'a' } })
  const all = await prepared(token, await withKeys('maa'))
  expect(kidIsKeyHash.run({ ...all, keyIdIsHash: false }, withoutKeys)).toMatchObject({ outcome: 'not-checked' })
})
