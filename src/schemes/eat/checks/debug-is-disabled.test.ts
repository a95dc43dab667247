import { expect, it } from 'vitest'
import { context, prepared } from '../testing.ts'
import { debugIsDisabled } from './debug-is-disabled.ts'

it('passes when it is off', async () => {
  for (const debugState of [1, 2, 3, 4])
    expect(await debugIsDisabled.run(await prepared({ debugState }), context)).toMatchObject({ outcome: 'pass' })
})
it('fails when it is on, and is not checked for a state that nobody knows', async () => {
  expect(await debugIsDisabled.run(await prepared({ debugState: 0 }), context)).toMatchObject({
    outcome: 'fail',
    because: { text: 'eat.debug' },
  })
  expect(await debugIsDisabled.run(await prepared({ debugState: 9 }), context)).toMatchObject({
    outcome: 'not-checked',
  })
})
