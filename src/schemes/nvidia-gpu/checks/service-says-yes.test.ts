import { expect, it } from 'vitest'
import { context, preparedReply } from '../testing.ts'
import { serviceSaysYes } from './service-says-yes.ts'

it('passes on a good reply', async () => {
  expect(await serviceSaysYes.run(await preparedReply(), context)).toMatchObject({ outcome: 'pass' })
})
it('fails on its no, and warns when it contradicts itself', async () => {
  expect(await serviceSaysYes.run(await preparedReply({ overall: false }), context)).toMatchObject({ outcome: 'fail' })
  expect(await serviceSaysYes.run(await preparedReply({ error: true }), context)).toMatchObject({ outcome: 'fail' })
  expect(await serviceSaysYes.run(await preparedReply({ measres: 'fail' }), context)).toMatchObject({ outcome: 'warn' })
})
