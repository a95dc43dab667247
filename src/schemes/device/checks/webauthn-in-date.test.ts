import { expect, it } from 'vitest'
import { appAttest, beside, CHALLENGE, context } from '../testing.ts'
import { inDate } from './webauthn-in-date.ts'

it('passes within the dates and stays open outside', async () => {
  expect(await inDate.run(await appAttest(), context)).toMatchObject({ outcome: 'pass' })
  const late = await appAttest({}, { ...beside(CHALLENGE), at: Date.parse('2060-01-01T00:00:00Z') })
  expect(await inDate.run(late, context)).toMatchObject({ outcome: 'not-checked', because: { code: 'expired' } })
})
