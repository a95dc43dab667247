import { expect, it } from 'vitest'
import { android, context } from '../testing.ts'
import { extensionNearestRoot } from './extension-nearest-root.ts'

it('passes where the leaf describes the key', async () => {
  expect(await extensionNearestRoot.run(await android(), context)).toMatchObject({ outcome: 'pass' })
})
it('fails where an attested key signed a further certificate', async () => {
  const extended = await android({ extended: true, level: 0 })
  expect(await extensionNearestRoot.run(extended, context)).toMatchObject({
    outcome: 'fail',
    because: { text: 'android.extended-chain' },
  })
  expect(extended.nearest).toMatchObject({ index: 1, description: { keyLevel: { value: 0 } } })
})
