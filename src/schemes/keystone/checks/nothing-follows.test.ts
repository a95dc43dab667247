import { expect, it } from 'vitest'
import { joinBytes } from '../../../bytes/join.ts'
import { makeReport } from '../attester.ts'
import { context, prepared } from '../testing.ts'
import { nothingFollows } from './nothing-follows.ts'

it('passes where the report is all there is', async () => {
  expect(await nothingFollows.run(await prepared(), context)).toMatchObject({ outcome: 'pass' })
})
it('warns of what stands behind', async () => {
  const buffer = joinBytes([makeReport(), new Uint8Array(696)])
  expect(await nothingFollows.run(await prepared(buffer), context)).toMatchObject({ outcome: 'warn', found: '696' })
})
it('is not checked on a report that is cut off', async () => {
  expect(await nothingFollows.run(await prepared(new Uint8Array(100)), context)).toMatchObject({
    outcome: 'not-checked',
  })
})
