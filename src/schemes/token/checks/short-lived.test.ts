import { expect, it } from 'vitest'
import { earClaims, ISSUED_AT, makeToken } from '../attester.ts'
import { finding } from '../testing.ts'
import { shortLived } from './short-lived.ts'

it('passes for minutes, warns about days, and says that there is no end', async () => {
  expect(await finding(shortLived, await makeToken())).toMatchObject({ outcome: 'pass' })
  const long = earClaims({ exp: ISSUED_AT / 1000 + 200_000 })
  expect(await finding(shortLived, await makeToken({ claims: long }))).toMatchObject({ outcome: 'warn' })
  expect(await finding(shortLived, await makeToken({ claims: { iat: 1 } }))).toMatchObject({ outcome: 'not-checked' })
})
