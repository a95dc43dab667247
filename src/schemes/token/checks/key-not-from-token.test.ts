import { expect, it } from 'vitest'
import { demoKeys, makeToken } from '../attester.ts'
import { finding, prepared, withKeys } from '../testing.ts'
import { keyNotFromToken } from './key-not-from-token.ts'

const { d: _secret, ...jwk } = demoKeys.ear

it('passes for a key that was given, and fails for one that the token brings', async () => {
  const token = await makeToken({ header: { jwk } })
  expect(await finding(keyNotFromToken, token, await withKeys('ear'))).toMatchObject({ outcome: 'pass' })
  expect(await finding(keyNotFromToken, token)).toMatchObject({
    outcome: 'fail',
    because: { text: 'jwt.vouches-for-itself' },
  })
  expect((await prepared(token)).root.status).toBe('unknown')
})
