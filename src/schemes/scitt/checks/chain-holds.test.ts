import { expect, it } from 'vitest'
import { makeChain } from '../attester.ts'
import { context, finding, prepared } from '../testing.ts'
import { chainHolds } from './chain-holds.ts'

it('passes up to the root, and says which one it is', async () => {
  expect(await finding(chainHolds)).toMatchObject({ outcome: 'pass' })
  expect((await prepared()).root.status).toBe('demonstration')
  expect((await prepared({}, { ...context, anchors: [] })).root.status).toBe('unknown')
})
it('fails where a certificate was changed', async () => {
  const [leaf, root] = await makeChain()
  const changed = leaf.slice()
  changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1
  expect(await finding(chainHolds, { bend: { certificates: [changed, root] } })).toMatchObject({ outcome: 'fail' })
})
it('misses an issuer that is not here', async () => {
  const [leaf] = await makeChain()
  expect(await finding(chainHolds, { bend: { certificates: [leaf] } }, { ...context, anchors: [] })).toMatchObject({
    outcome: 'not-checked',
    because: { text: 'scitt.issuer-missing' },
  })
})
