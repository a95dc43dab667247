import { expect, it } from 'vitest'
import { context, preparedReply } from '../testing.ts'
import { tokensSigned } from './tokens-signed.ts'

it('passes on a good reply', async () => {
  expect(await tokensSigned.run(await preparedReply(), context)).toMatchObject({ outcome: 'pass' })
})
it.each([
  ['no algorithm', { algorithm: 'none' }, 'jose.alg-refused'],
  ['a shared key', { algorithm: 'HS256' }, 'jose.alg-refused'],
])('fails on %s', async (_name, recipe, reason) => {
  expect(await tokensSigned.run(await preparedReply(recipe), context)).toMatchObject({
    outcome: 'fail',
    because: { text: reason },
  })
})
it('fails under another key, and stays open without one', async () => {
  const { demoKeys } = await import('../demo-keys.ts')
  expect(await tokensSigned.run(await preparedReply({ key: demoKeys.brom }), context)).toMatchObject({
    outcome: 'fail',
  })
  expect(await tokensSigned.run(await preparedReply({ kid: 'other' }), context)).toMatchObject({
    outcome: 'not-checked',
  })
})
it('says of the set with the key that it was used, and of a set without it nothing', async () => {
  expect((await preparedReply()).collateral).toMatchObject([{ kind: 'jwks', key: 'demo', artifact: 1, use: 'used' }])
  expect((await preparedReply({ kid: 'other' })).collateral).toEqual([])
})
