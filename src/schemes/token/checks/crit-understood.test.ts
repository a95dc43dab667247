import { expect, it } from 'vitest'
import { makeToken } from '../attester.ts'
import { finding } from '../testing.ts'
import { critUnderstood } from './crit-understood.ts'

it('passes without demands, and fails for any', async () => {
  expect(await finding(critUnderstood, await makeToken())).toMatchObject({ outcome: 'pass' })
  for (const header of [{ crit: ['b64'], b64: false }, { b64: false }, { crit: [] }])
    expect(await finding(critUnderstood, await makeToken({ header }))).toMatchObject({ outcome: 'fail' })
})
