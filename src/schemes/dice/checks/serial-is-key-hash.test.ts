import { expect, it } from 'vitest'
import { context, prepared, preparedCbor } from '../testing.ts'
import { serialIsKeyHash } from './serial-is-key-hash.ts'

it('passes for the digest of the point, and stays open for another', async () => {
  const all = await prepared()
  expect(await serialIsKeyHash.run(all, context)).toMatchObject({ outcome: 'pass' })
  expect(await serialIsKeyHash.run({ ...all, serialIsKey: false }, context)).toMatchObject({ outcome: 'not-checked' })
  expect(serialIsKeyHash.applies?.(await preparedCbor())).toBe(false)
})
