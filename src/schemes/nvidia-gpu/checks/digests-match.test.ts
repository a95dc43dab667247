import { expect, it } from 'vitest'
import { context, preparedReply } from '../testing.ts'
import { digestsMatch } from './digests-match.ts'

it('passes on a good reply', async () => {
  expect(await digestsMatch.run(await preparedReply(), context)).toMatchObject({ outcome: 'pass' })
})
it('fails when another token stands in its place', async () => {
  expect(await digestsMatch.run(await preparedReply({ swap: true }), context)).toMatchObject({ outcome: 'fail' })
})
it('stays open where the token over all sums up a device whose token was left out', async () => {
  expect(await digestsMatch.run(await preparedReply({ leavesOut: true }), context)).toMatchObject({
    outcome: 'not-checked',
    because: { text: 'nvidia.device-token-missing', params: { devices: 'GPU-1' } },
  })
})
