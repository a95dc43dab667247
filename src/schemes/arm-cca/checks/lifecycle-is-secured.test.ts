import { expect, it } from 'vitest'
import { context, prepared } from '../testing.ts'
import { lifecycleIsSecured } from './lifecycle-is-secured.ts'

it.each([0x3000, 0x3003, 0x30ff])('passes on %i', async (lifecycle) => {
  expect(await lifecycleIsSecured.run(await prepared({ lifecycle }), context)).toMatchObject({ outcome: 'pass' })
})
it.each([0x0000, 0x1000, 0x2001, 0x4000, 0x6000, 0x3100, 0xffff])('warns of %i', async (lifecycle) => {
  expect(await lifecycleIsSecured.run(await prepared({ lifecycle }), context)).toMatchObject({
    outcome: 'warn',
    because: { text: 'cca.lifecycle' },
  })
})
it('fails under recoverable debug', async () => {
  const debug = await prepared({ lifecycle: 0x5001 })
  expect(await lifecycleIsSecured.run(debug, context)).toMatchObject({
    outcome: 'fail',
    because: { text: 'cca.debug' },
  })
  expect(debug.vendor).toMatchObject({ debug: true })
})
