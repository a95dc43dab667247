import { expect, it } from 'vitest'
import { context, prepared } from '../testing.ts'
import { lifecycleIsSecured } from './lifecycle-is-secured.ts'

it('passes in the secured state', async () => {
  for (const lifecycle of [0x3000, 0x30ff])
    expect(await lifecycleIsSecured.run(await prepared({ lifecycle }), context)).toMatchObject({ outcome: 'pass' })
})
it('warns of other states, and fails under recoverable debug', async () => {
  for (const lifecycle of [2, 0x1000, 0x4000, 0x6000])
    expect(await lifecycleIsSecured.run(await prepared({ lifecycle }), context)).toMatchObject({
      outcome: 'warn',
      because: { text: 'psa.lifecycle' },
    })
  expect(await lifecycleIsSecured.run(await prepared({ lifecycle: 0x5000 }), context)).toMatchObject({
    outcome: 'fail',
    because: { text: 'psa.debug' },
  })
})
