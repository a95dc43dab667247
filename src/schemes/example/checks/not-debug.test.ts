import { expect, it } from 'vitest'
import { makeNote } from '../attester.ts'
import { context, preparedFrom } from '../testing.ts'
import { notDebug } from './not-debug.ts'

it('passes when the flag is clear', async () => {
  expect(await notDebug.run(await preparedFrom(await makeNote()), context)).toMatchObject({ outcome: 'pass' })
})
it('fails when the flag is set, although the signature holds', async () => {
  expect(await notDebug.run(await preparedFrom(await makeNote({ debug: true })), context)).toMatchObject({
    outcome: 'fail',
    because: { text: 'example.debug' },
  })
})
