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
