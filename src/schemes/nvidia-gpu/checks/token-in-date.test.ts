import { expect, it } from 'vitest'
import { context, preparedReply } from '../testing.ts'
import { tokenInDate } from './token-in-date.ts'

it('passes on a good reply', async () => {
  expect(await tokenInDate.run(await preparedReply(), context)).toMatchObject({ outcome: 'pass' })
})
it('is not checked, and never failed, an hour later or before', async () => {
  for (const [shift, code] of [
    [3_601_000, 'token-expired'],
    [-1000, 'token-early'],
  ] as const)
    expect(await tokenInDate.run(await preparedReply(), { ...context, at: context.at + shift })).toMatchObject({
      outcome: 'not-checked',
      because: {
        code,
        params: {
          from: expect.stringMatching(/^2\d{3}-\d\d-\d\d \d\d:\d\d UTC$/),
          to: expect.stringMatching(/^2\d{3}-\d\d-\d\d \d\d:\d\d UTC$/),
        },
      },
    })
})
