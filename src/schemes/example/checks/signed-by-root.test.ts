import { expect, it } from 'vitest'
import { makeNote } from '../attester.ts'
import { context, preparedFrom } from '../testing.ts'
import { signedByRoot } from './signed-by-root.ts'

it('passes on what the key signed', async () => {
  expect(await signedByRoot.run(await preparedFrom(await makeNote()), context)).toMatchObject({ outcome: 'pass' })
})
it('fails when any one bit of any byte differs', async () => {
  const note = await makeNote()
  for (let at = 0; at < note.length; at++) {
    const changed = note.slice()
    changed[at] = (changed[at] ?? 0) ^ 1
    expect(await signedByRoot.run(await preparedFrom(changed), context), `byte ${at}`).toMatchObject({
      outcome: 'fail',
    })
  }
})
it('is not checked when the note is cut off', async () => {
  expect(await signedByRoot.run(await preparedFrom((await makeNote()).slice(0, 20)), context)).toMatchObject({
    outcome: 'not-checked',
  })
})
