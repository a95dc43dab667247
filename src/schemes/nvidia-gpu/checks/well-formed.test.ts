import { expect, it } from 'vitest'
import { makeReport } from '../attester.ts'
import { context, prepared, preparedFrom } from '../testing.ts'
import { wellFormed } from './well-formed.ts'

it('passes on a whole report', async () => {
  expect(await wellFormed.run(await prepared(), context)).toMatchObject({ outcome: 'pass' })
})
it.each([
  ['a record that says less', { recordLength: -1 }, 'nvidia.record-length'],
  ['a record that says more', { recordLength: 1 }, 'nvidia.record-length'],
  ['an index twice', { secondIndex: 1 }, 'nvidia.index-twice'],
])('fails on %s', async (_name, recipe, reason) => {
  expect(await wellFormed.run(await prepared(recipe), context)).toMatchObject({
    outcome: 'fail',
    because: { text: reason },
  })
})
it('fails at every shorter length', async () => {
  const whole = await makeReport()
  for (let length = 0; length < whole.length; length += 97)
    expect(await wellFormed.run(await preparedFrom(whole.slice(0, length)), context)).toMatchObject({ outcome: 'fail' })
})
