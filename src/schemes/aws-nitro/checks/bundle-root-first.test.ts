import { expect, it } from 'vitest'
import { context, prepared } from '../testing.ts'
import { bundleRootFirst } from './bundle-root-first.ts'

it('passes when the root comes first', async () => {
  expect(await bundleRootFirst.run(await prepared(), context)).toMatchObject({ outcome: 'pass' })
})
it('warns of another order', async () => {
  expect(
    await bundleRootFirst.run(await prepared({ bend: { bundle: (bundle) => bundle.toReversed() } }), context),
  ).toMatchObject({ outcome: 'warn', because: { text: 'nitro.bundle-order' } })
})
