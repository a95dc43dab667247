import { expect, it } from 'vitest'
import { context, preparedReply } from '../testing.ts'
import { tokenKeyCertified } from './token-key-certified.ts'

it('passes on a good reply', async () => {
  expect(await tokenKeyCertified.run(await preparedReply(), context)).toMatchObject({ outcome: 'pass' })
})
it('stays open without a key set', async () => {
  expect(await tokenKeyCertified.run(await preparedReply({}, false), context)).toMatchObject({ outcome: 'not-checked' })
})
