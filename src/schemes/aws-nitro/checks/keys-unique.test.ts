import { expect, it } from 'vitest'
import { joinBytes } from '../../../bytes/der-writer.ts'
import { cborBytes, cborHead, cborText } from '../../../bytes/cbor-writer.ts'
import { context, prepared } from '../testing.ts'
import { keysUnique } from './keys-unique.ts'

it('passes when every key stands once', async () => {
  expect(await keysUnique.run(await prepared(), context)).toMatchObject({ outcome: 'pass' })
})
it('fails on a second `nonce`, and cites both, although the signature covers them', async () => {
  const twice = await prepared({
    bend: {
      payload: (payload) =>
        joinBytes([cborHead(5, 10), payload.subarray(1), cborText('nonce'), cborBytes(Uint8Array.of(9))]),
    },
  })
  const finding = await keysUnique.run(twice, context)
  expect(finding).toMatchObject({ outcome: 'fail', because: { text: 'cbor.duplicate-key' } })
  expect(finding.cites[0]?.ranges).toHaveLength(2)
  expect(twice.signature).toMatchObject({ result: 'valid' })
})
