import { expect, it } from 'vitest'
import { joinBytes } from '../../../bytes/der-writer.ts'
import { cborHead, cborInt } from '../../../bytes/cbor-writer.ts'
import { context, prepared } from '../testing.ts'
import { keysUnique } from './keys-unique.ts'

it('passes when every key stands once', async () => {
  expect(await keysUnique.run(await prepared(), context)).toMatchObject({ outcome: 'pass' })
})
it('fails on a second lifecycle', async () => {
  const twice = await prepared({
    bend: {
      payload: (payload) =>
        joinBytes([cborHead(5, (payload[0] ?? 0) - 0xa0 + 1), payload.subarray(1), cborInt(2395), cborInt(0x3000)]),
    },
  })
  expect(await keysUnique.run(twice, context)).toMatchObject({
    outcome: 'fail',
    because: { text: 'cbor.duplicate-key' },
  })
})
