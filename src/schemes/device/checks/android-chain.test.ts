import { expect, it } from 'vitest'
import { demoKeys } from '../attester.ts'
import { android, context } from '../testing.ts'
import { androidChain } from './android-chain.ts'

it('passes up to the root', async () => {
  const all = await android()
  expect(all.root.status).toBe('demonstration')
  expect(await androidChain.run(all, context)).toMatchObject({ outcome: 'pass' })
})
it('fails where another key signed', async () => {
  expect(await androidChain.run(await android({ signWith: demoKeys.other }), context)).toMatchObject({
    outcome: 'fail',
    because: { text: 'chain.signature' },
  })
})
