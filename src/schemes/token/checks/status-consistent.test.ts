import { expect, it } from 'vitest'
import { earClaims, makeToken } from '../attester.ts'
import { finding } from '../testing.ts'
import { statusConsistent } from './status-consistent.ts'

const part = (status: unknown, executables: number) =>
  makeToken({
    claims: earClaims({
      submods: { cpu0: { 'ear.status': status, 'ear.trustworthiness-vector': { executables, hardware: 2 } } },
    }),
  })

it('passes for a status as its vector allows, and fails for a better one', async () => {
  expect(await finding(statusConsistent, await part('affirming', 3))).toMatchObject({ outcome: 'pass' })
  expect(await finding(statusConsistent, await part('contraindicated', 97))).toMatchObject({ outcome: 'pass' })
  for (const status of ['affirming', 2, 'warning'])
    expect(await finding(statusConsistent, await part(status, 97))).toMatchObject({ outcome: 'fail' })
})
