import { expect, it } from 'vitest'
import { makeAuthority } from '../attester.ts'
import { finding } from '../testing.ts'
import { noRootCarried } from './no-root-carried.ts'

it('passes for an authority that issues, and does not arise for a single certificate', async () => {
  const [issuer] = await makeAuthority()
  expect(await finding(noRootCarried)).toBe('not-applicable')
  expect(await finding(noRootCarried, { version: '0.2', bend: { extraCertificates: [issuer] } })).toMatchObject({
    outcome: 'pass',
  })
})
it('fails for a root', async () => {
  const authority = await makeAuthority()
  expect(await finding(noRootCarried, { version: '0.2', bend: { extraCertificates: authority } })).toMatchObject({
    outcome: 'fail',
  })
})
