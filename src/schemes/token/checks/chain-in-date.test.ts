import { expect, it } from 'vitest'
import { ISSUED_AT } from '../attester.ts'
import { finding } from '../testing.ts'
import { chainToken } from '../testing-chain.ts'
import { chainInDate } from './chain-in-date.ts'

it('passes within the certificates’ dates, and is open outside them', async () => {
  const { token, context } = await chainToken()
  expect(await finding(chainInDate, token, context)).toMatchObject({ outcome: 'pass' })
  expect(await finding(chainInDate, token, { ...context, at: ISSUED_AT + 4e11 })).toMatchObject({
    outcome: 'not-checked',
  })
})
