import { expect, it } from 'vitest'
import { makeNote } from '../attester.ts'
import { context, preparedFrom } from '../testing.ts'
import { wellFormed } from './well-formed.ts'

it('passes on a whole note', async () => {
  expect(await wellFormed.run(await preparedFrom(await makeNote()), context)).toMatchObject({ outcome: 'pass' })
})
it('fails at every shorter length', async () => {
  const note = await makeNote()
  for (let length = 0; length < note.length; length++)
    expect(await wellFormed.run(await preparedFrom(note.slice(0, length)), context)).toMatchObject({ outcome: 'fail' })
})
