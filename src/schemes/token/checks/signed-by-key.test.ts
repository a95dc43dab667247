import { expect, it } from 'vitest'
import { demoKeys, makeMaaToken, makeToken } from '../attester.ts'
import { finding, withKeys } from '../testing.ts'
import { signedByKey } from './signed-by-key.ts'

it('passes under a key that was given', async () => {
  expect(await finding(signedByKey, await makeToken(), await withKeys('ear'))).toMatchObject({ outcome: 'pass' })
  expect(await finding(signedByKey, await makeMaaToken(), await withKeys('ear', 'maa'))).toMatchObject({
    outcome: 'pass',
  })
})
it('stays open under another key where the token names none: that may be anybody’s', async () => {
  expect(await finding(signedByKey, await makeToken(), await withKeys('other'))).toMatchObject({
    outcome: 'not-checked',
    because: { text: 'jwt.given-did-not-sign' },
  })
})
it('misses the key where the set has another one', async () => {
  const token = await makeToken({ alg: 'RS256', key: demoKeys.maa, header: { kid: '../../etc/passwd' } })
  expect(await finding(signedByKey, token, await withKeys('maa'))).toMatchObject({
    outcome: 'not-checked',
    because: { text: 'jwt.kid-not-among' },
  })
  expect(await finding(signedByKey, token)).toMatchObject({ outcome: 'not-checked', because: { text: 'jwt.no-key' } })
})
it('fails for changed claims under the key that is named', async () => {
  const [header, , signature] = (await makeMaaToken()).split('.')
  const [, payload] = (await makeMaaToken({ jti: 'other' })).split('.')
  expect(await finding(signedByKey, `${header}.${payload}.${signature}`, await withKeys('maa'))).toMatchObject({
    outcome: 'fail',
  })
})
it('of a token that brings its own key says that a given one did not sign, and nothing more', async () => {
  const { d: _, ...own } = demoKeys.ear
  const token = await makeToken({ header: { jwk: own } })
  expect(await finding(signedByKey, token, await withKeys('other'))).toMatchObject({
    outcome: 'pass',
    because: { text: 'jwt.signed-by-own-key-only' },
  })
  expect(await finding(signedByKey, token)).toMatchObject({
    outcome: 'pass',
    because: { text: 'jwt.signed-by-own-key' },
  })
  const { d: __, ...other } = demoKeys.other
  expect(
    await finding(signedByKey, await makeToken({ header: { jwk: other } }), await withKeys('other')),
  ).toMatchObject({
    outcome: 'fail',
  })
})
