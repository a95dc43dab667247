import { expect, it } from 'vitest'
import { joinBytes } from '../../../bytes/der-writer.ts'
import { makeCwt } from '../attester.ts'
import { context, prepared } from '../testing.ts'
import { nothingFollows } from './nothing-follows.ts'

it('passes when the file ends with the token', async () => {
  expect(await nothingFollows.run(await prepared(), context)).toMatchObject({ outcome: 'pass' })
})
it('warns of a byte behind it', async () => {
  expect(
    await nothingFollows.run(await prepared({}, context, joinBytes([await makeCwt(), Uint8Array.of(0)])), context),
  ).toMatchObject({ outcome: 'warn', because: { text: 'cbor.trailing' } })
})
