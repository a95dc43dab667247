import { expect, it } from 'vitest'
import { makeMaaToken } from '../attester.ts'
import { finding } from '../testing.ts'
import { issuerKnown } from './issuer-known.ts'

it('passes for the service, warns about its test systems', async () => {
  expect(await finding(issuerKnown, await makeMaaToken({ iss: 'https://a.weu.attest.azure.net' }))).toMatchObject({
    outcome: 'pass',
  })
  expect(await finding(issuerKnown, await makeMaaToken())).toMatchObject({ outcome: 'warn' })
})
it.each([
  'https://x.attest.azure.net.evil.com',
  'https://evil.com/#.attest.azure.net',
  'https://a.weu.attest.azure.net@evil.com',
  'https://a.weu.attest.azure.net:8443',
  'http://a.weu.attest.azure.net',
  'https://evilattest.azure.net',
])('fails for %s', async (iss) => {
  expect(await finding(issuerKnown, await makeMaaToken({ iss }))).toMatchObject({ outcome: 'fail' })
})
