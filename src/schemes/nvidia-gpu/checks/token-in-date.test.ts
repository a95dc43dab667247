import { expect, it } from 'vitest'
import { context, preparedReply } from '../testing.ts'
import { tokenInDate } from './token-in-date.ts'

it('passes on a good reply', async () => {
  expect(await tokenInDate.run(await preparedReply(), context)).toMatchObject({ outcome: 'pass' })
})
it('is not checked, and never failed, an hour later or before', async () => {
  for (const shift of [3_601_000, -1000])
    expect(await tokenInDate.run(await preparedReply(), { ...context, at: context.at + shift })).toMatchObject({
      outcome: 'not-checked',
    })
})
