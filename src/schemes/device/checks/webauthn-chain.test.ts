import { expect, it } from 'vitest'
import { appAttest, context, packed } from '../testing.ts'
import { chain } from './webauthn-chain.ts'

it('passes up to a root that is known', async () => {
  const all = await appAttest()
  expect(all.root.status).toBe('demonstration')
  expect(await chain.run(all, context)).toMatchObject({ outcome: 'pass' })
})
it('stays open where the issuer is missing, and fails for a fault', async () => {
  const bare = await appAttest({}, { ...context, anchors: [] })
  expect(bare.root.status).toBe('none')
  expect(await chain.run(bare, context)).toMatchObject({ outcome: 'not-checked' })
  const all = await appAttest()
  const because = { text: 'chain.signature', params: {} }
  const path = all.path && { ...all.path, faults: [{ because, index: 0, range: { space: '', start: 0, end: 1 } }] }
  expect(await chain.run({ ...all, path }, context)).toMatchObject({ outcome: 'fail', because })
})
it('is not asked of a key that signs for itself', async () => {
  const self = await packed({ self: true })
  expect(chain.applies?.(self)).toBe(false)
  expect(self.root.status).toBe('unknown')
})
it('lets a root speak for its own kind of statement only', async () => {
  const [apple] = (await appAttest()).path?.anchor ? [true] : [false]
  expect(apple).toBe(true)
  const scoped = context.anchors.map((one) => ({ ...one, scope: 'android' }))
  expect((await appAttest({}, { ...context, anchors: scoped })).root.status).toBe('none')
})
