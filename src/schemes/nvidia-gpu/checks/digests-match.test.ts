import { expect, it } from 'vitest'
import { context, preparedReply } from '../testing.ts'
import { digestsMatch } from './digests-match.ts'

it('passes on a good reply', async () => {
  expect(await digestsMatch.run(await preparedReply(), context)).toMatchObject({ outcome: 'pass' })
})
it('fails when another token stands in its place', async () => {
  expect(await digestsMatch.run(await preparedReply({ swap: true }), context)).toMatchObject({ outcome: 'fail' })
})
