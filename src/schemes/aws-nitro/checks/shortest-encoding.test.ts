import { expect, it } from 'vitest'
import { context, prepared } from '../testing.ts'
import { shortestEncoding } from './shortest-encoding.ts'

it('passes on the shortest forms', async () => {
  expect(await shortestEncoding.run(await prepared(), context)).toMatchObject({ outcome: 'pass' })
})
it('warns of a longer form, and the signature holds all the same: it is made over the bytes as they are', async () => {
  const long = await prepared({ bend: { fields: [['timestamp', Uint8Array.of(0x1b, 0, 0, 0, 0, 0, 0, 0, 1)]] } })
  expect(await shortestEncoding.run(long, context)).toMatchObject({
    outcome: 'warn',
    because: { text: 'cbor.non-minimal' },
  })
  expect(long.signature).toMatchObject({ result: 'valid' })
})
