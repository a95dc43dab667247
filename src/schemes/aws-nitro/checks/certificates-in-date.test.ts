import { expect, it } from 'vitest'
import { MADE_AT } from '../attester.ts'
import { context, prepared } from '../testing.ts'
import { certificatesInDate } from './certificates-in-date.ts'

it('passes at the document’s own time', async () => {
  expect(await certificatesInDate.run(await prepared(), context)).toMatchObject({ outcome: 'pass' })
})
it('is not checked, and never failed, before and after', async () => {
  for (const [at, reason] of [
    [MADE_AT + 86_400_000, 'cert.expired'],
    [MADE_AT - 86_400_000, 'cert.not-yet-valid'],
  ] as const) {
    const given = { ...context, at }
    expect(await certificatesInDate.run(await prepared({}, given), given)).toMatchObject({
      outcome: 'not-checked',
      because: { text: reason },
      remedy: { text: 'nitro.use-its-own-time' },
    })
  }
})
