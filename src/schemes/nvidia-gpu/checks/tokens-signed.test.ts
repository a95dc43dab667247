import { expect, it } from 'vitest'
import { context, makeReply, preparedReply, replyFrom } from '../testing.ts'
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
it('is not broken by a key set of somebody else that uses the same name', async () => {
  const { toBase64 } = await import('../../../envelope/base64.ts')
  const { makeChain } = await import('../attester.ts')
  const { reply, jwks } = await makeReply()
  const [, stranger = new Uint8Array()] = await makeChain()
  const other = JSON.stringify({ keys: [{ kid: 'demo', x5c: [toBase64(stranger)] }] })
  for (const sets of [
    [other, jwks],
    [jwks, other],
  ]) {
    const prepared = await replyFrom(reply, ...sets)
    expect(await tokensSigned.run(prepared, context)).toMatchObject({ outcome: 'pass' })
    expect(prepared.root.status).toBe('demonstration')
  }
  const alone = await replyFrom(reply, other)
  expect(await tokensSigned.run(alone, context)).toMatchObject({ outcome: 'not-checked' })
  expect(alone.root.status).toBe('none')
})
