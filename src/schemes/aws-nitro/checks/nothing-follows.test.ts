import { expect, it } from 'vitest'
import { joinBytes } from '../../../bytes/der-writer.ts'
import { makeDocument } from '../attester.ts'
import { context, prepared, preparedFrom } from '../testing.ts'
import { nothingFollows } from './nothing-follows.ts'

it('passes when the file ends with the document', async () => {
  expect(await nothingFollows.run(await prepared(), context)).toMatchObject({ outcome: 'pass' })
})
it('warns of a zero byte, and of a second document', async () => {
  const document = await makeDocument()
  for (const more of [Uint8Array.of(0), document]) {
    const both = await preparedFrom(joinBytes([document, more]))
    expect(await nothingFollows.run(both, context)).toMatchObject({
      outcome: 'warn',
      because: { text: 'cbor.trailing', params: { count: more.length } },
    })
    expect(both.signature).toMatchObject({ result: 'valid' })
  }
})
