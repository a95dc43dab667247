import { expect, it } from 'vitest'
import { customExtension } from '../../../pki/issue.ts'
import { OPEN_DICE } from '../oids.ts'
import { context, prepared, preparedCbor } from '../testing.ts'
import { wellFormed } from './well-formed.ts'

it('passes on whole certificates of both kinds', async () => {
  expect(await wellFormed.run(await prepared(), context)).toMatchObject({ outcome: 'pass' })
  expect(await wellFormed.run(await preparedCbor(), context)).toMatchObject({ outcome: 'pass' })
})
it('names filler where an extension should be, and reads on', async () => {
  const filler = customExtension(OPEN_DICE, new Uint8Array(80).fill(0x44))
  const bent = await prepared({ bend: { leafExtensions: [filler] } })
  expect(await wellFormed.run(bent, context)).toMatchObject({
    outcome: 'fail',
    because: { text: 'dice.extension-malformed' },
  })
  expect(bent.layers[0]?.claims.tcbInfos).toHaveLength(1)
})
it('fails on less than a certificate', async () => {
  const cut = await prepared({}, { leaf: (leaf) => leaf.subarray(0, 300) })
  expect(await wellFormed.run(cut, context)).toMatchObject({ outcome: 'fail', because: { text: 'dice.not-whole' } })
  const short = await preparedCbor(1, (bytes) => bytes.subarray(0, 400))
  expect(await wellFormed.run(short, context)).toMatchObject({ outcome: 'fail' })
})
