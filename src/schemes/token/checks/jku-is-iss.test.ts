import { expect, it } from 'vitest'
import { maaClaims, makeMaaToken, makeToken } from '../attester.ts'
import { finding } from '../testing.ts'
import { jkuIsIss } from './jku-is-iss.ts'

it('passes for the issuer’s own address, and fails for another', async () => {
  expect(await finding(jkuIsIss, await makeMaaToken())).toMatchObject({ outcome: 'pass' })
  for (const jku of ['https://evil.example/certs', 'https://demonstration.weu.test.attest.azure.net/other', 'nothing'])
    expect(await finding(jkuIsIss, await makeToken({ claims: maaClaims(), header: { jku } }))).toMatchObject({
      outcome: 'fail',
    })
})
it('is asked where there is such an address, and a service that has hosts', async () => {
  expect(await finding(jkuIsIss, await makeToken({ claims: maaClaims() }))).toBe('not-applicable')
  expect(await finding(jkuIsIss, await makeToken({ header: { jku: 'https://evil.example' } }))).toBe('not-applicable')
})
