import { expect, it } from 'vitest'
import { context, flipped, prepared, preparedCbor } from '../testing.ts'
import { layersSigned } from './layers-signed.ts'

it('passes up to the root', async () => {
  const all = await prepared()
  expect(all.root.status).toBe('demonstration')
  expect(all.layers.map(({ name }) => name).join()).toMatch(/runtime.*first mutable code.*device.*demonstration.dice/s)
  expect(await layersSigned.run(all, context)).toMatchObject({ outcome: 'pass' })
  expect(await layersSigned.run(await preparedCbor(), context)).toMatchObject({ outcome: 'pass' })
})
it('fails where a layer above may not sign, or where its certificate changed', async () => {
  const bent = await prepared({ bend: { layerMayNotSign: true } })
  expect(await layersSigned.run(bent, context)).toMatchObject({ outcome: 'fail', because: { text: 'chain.key-usage' } })
  const changed = await preparedCbor(1, flipped(120))
  expect(await layersSigned.run(changed, context)).toMatchObject({ outcome: 'fail' })
})
it('stays open where the path ends without a root', async () => {
  const all = await prepared({}, { without: 1 })
  expect(all.root.status).toBe('none')
  expect(await layersSigned.run(all, context)).toMatchObject({ outcome: 'not-checked' })
})
