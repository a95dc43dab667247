import { expect, it } from 'vitest'
import { context, prepared, preparedCbor } from '../testing.ts'
import { layersInOrder } from './layers-in-order.ts'

it('passes for numbers that rise by one', async () => {
  expect(await layersInOrder.run(await prepared(), context)).toMatchObject({ outcome: 'pass' })
})
it('warns of a gap and fails where they fall', async () => {
  expect(await layersInOrder.run(await prepared({ numbers: [0, 1, 3] }), context)).toMatchObject({
    outcome: 'warn',
    because: { text: 'dice.layer-missing', params: { before: '1', layer: '3' } },
  })
  expect(await layersInOrder.run(await prepared({ numbers: [0, 2, 1] }), context)).toMatchObject({ outcome: 'fail' })
})
it('does not ask where layers have no numbers', async () => {
  expect(layersInOrder.applies?.(await preparedCbor())).toBe(false)
})
