import { expect, it } from 'vitest'
import { earClaims, makeMaaToken, makeToken } from '../attester.ts'
import { finding } from '../testing.ts'
import { serviceSaysYes } from './service-says-yes.ts'

const withStatus = (status: string) => makeToken({ claims: earClaims({ submods: { cpu0: { 'ear.status': status } } }) })

it.each([
  ['affirming', 'pass'],
  ['warning', 'warn'],
  ['contraindicated', 'fail'],
])('%s: %s', async (status, outcome) => {
  expect(await finding(serviceSaysYes, await withStatus(status))).toMatchObject({ outcome })
})
it('reads the older CoCo result, which is JSON in a string', async () => {
  const reports = (allow: boolean) =>
    makeToken({
      claims: {
        iss: 'CoCo-Attestation-Service',
        'evaluation-reports': [{ 'evaluation-result': JSON.stringify({ allow }) }],
      },
    })
  expect(await finding(serviceSaysYes, await reports(true))).toMatchObject({ outcome: 'pass' })
  expect(await finding(serviceSaysYes, await reports(false))).toMatchObject({ outcome: 'fail' })
})
it('is not asked where the service gives no verdict', async () => {
  expect(await finding(serviceSaysYes, await makeMaaToken())).toBe('not-applicable')
})
