import { expect, it } from 'vitest'
import { android, context } from '../testing.ts'
import { madeInside } from './key-made-inside.ts'

it('passes for a key that was made inside and warns of one that was brought in', async () => {
  expect(await madeInside.run(await android(), context)).toMatchObject({ outcome: 'pass' })
  expect(await madeInside.run(await android({ origin: 2 }), context)).toMatchObject({ outcome: 'warn' })
})
