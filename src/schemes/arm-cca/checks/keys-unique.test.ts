import { expect, it } from 'vitest'
import { joinBytes } from '../../../bytes/der-writer.ts'
import { cborHead } from '../../../bytes/cbor-writer.ts'
import { makeToken } from '../attester.ts'
import { context, prepared, preparedFrom } from '../testing.ts'
import { keysUnique } from './keys-unique.ts'

it('passes when every key stands once', async () => {
  expect(await keysUnique.run(await prepared(), context)).toMatchObject({ outcome: 'pass' })
})
it('fails when one of the tokens stands twice: readers would pick different ones', async () => {
  const one = await makeToken()
  const members = one.subarray(4)
  const twice = await preparedFrom(joinBytes([one.subarray(0, 3), cborHead(5, 4), members, members]))
  expect(await keysUnique.run(twice, context)).toMatchObject({
    outcome: 'fail',
    because: { text: 'cbor.duplicate-key' },
  })
})
