import { expect, it } from 'vitest'
import { android, context } from '../testing.ts'
import { androidWellFormed } from './android-well-formed.ts'

it('passes on a whole chain', async () => {
  expect(await androidWellFormed.run(await android(), context)).toMatchObject({ outcome: 'pass' })
})
it('fails on a description that is none, on a cut certificate and on bytes behind', async () => {
  expect(await androidWellFormed.run(await android({ malformed: true }), context)).toMatchObject({
    outcome: 'fail',
    because: { text: 'android.extension-malformed' },
  })
  for (const bytes of [
    (all: Uint8Array) => all.subarray(0, all.length - 9),
    (all: Uint8Array) => Uint8Array.from([...all, 1, 2, 3]),
  ])
    expect(await androidWellFormed.run(await android({}, { bytes }), context)).toMatchObject({ outcome: 'fail' })
})
