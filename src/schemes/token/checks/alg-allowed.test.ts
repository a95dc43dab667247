import { expect, it } from 'vitest'
import { makeMaaToken, makeToken } from '../attester.ts'
import { finding } from '../testing.ts'
import { algAllowed } from './alg-allowed.ts'

it('passes for the algorithm of the service', async () => {
  expect(await finding(algAllowed, await makeMaaToken())).toMatchObject({ outcome: 'pass' })
})
it.each([
  ['none', 'jwt.alg-none'],
  ['nOnE', 'jwt.alg-none'],
  ['HS256', 'jwt.alg-shared-secret'],
  ['ES256', 'jose.alg-refused'],
])('fails for %s', async (alg, because) => {
  const token = await makeToken({
    alg,
    signAs: 'ES256',
    claims: { iss: 'https://a.weu.attest.azure.net', 'x-ms-ver': '1.0' },
  })
  expect(await finding(algAllowed, token)).toMatchObject({ outcome: 'fail', because: { text: because } })
})
it('cannot check what it does not know', async () => {
  expect(await finding(algAllowed, await makeToken({ alg: 'ES256K', signAs: 'ES256' }))).toMatchObject({
    outcome: 'unsupported',
  })
})
