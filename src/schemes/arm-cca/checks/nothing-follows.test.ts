import { expect, it } from 'vitest'
import { joinBytes } from '../../../bytes/der-writer.ts'
import { makeToken } from '../attester.ts'
import { context, prepared, preparedFrom } from '../testing.ts'
import { nothingFollows } from './nothing-follows.ts'

it('passes when the file ends with the token', async () => {
  expect(await nothingFollows.run(await prepared(), context)).toMatchObject({ outcome: 'pass' })
})
it('warns of a second token', async () => {
  const token = await makeToken()
  expect(await nothingFollows.run(await preparedFrom(joinBytes([token, token])), context)).toMatchObject({
    outcome: 'warn',
    because: { text: 'cbor.trailing', params: { count: token.length } },
  })
})
