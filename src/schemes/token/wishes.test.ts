import { expect, it } from 'vitest'
import { makeMaaToken } from './attester.ts'
import { prepared } from './testing.ts'

const urlsFor = async (iss: string) => (await prepared(await makeMaaToken({ iss }))).wishes.flatMap(({ urls }) => urls)

it('offers the address of keys that the issuer’s own name gives, of the service and of its test systems', async () => {
  expect(await urlsFor('https://a.weu.attest.azure.net/')).toEqual(['https://a.weu.attest.azure.net/certs'])
  expect(await urlsFor('https://a.weu.test.attest.azure.net')).toEqual(['https://a.weu.test.attest.azure.net/certs'])
})
it.each(['https://evil.example', 'http://a.weu.attest.azure.net', 'https://a.weu.attest.azure.net@evil.example', ''])(
  'offers none for “%s”',
  async (iss) => {
    expect(await urlsFor(iss)).toEqual([])
  },
)
