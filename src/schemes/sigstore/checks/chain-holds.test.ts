import { expect, it } from 'vitest'
import { context, finding, prepared } from '../testing.ts'
import { chainHolds } from './chain-holds.ts'

it('passes up to the root, which is a demonstration one', async () => {
  expect(await finding(chainHolds)).toMatchObject({ outcome: 'pass' })
  expect((await prepared()).root.status).toBe('demonstration')
})
it('fails for a certificate that is not for signing code', async () => {
  expect(await finding(chainHolds, { bend: { purpose: '1.3.6.1.5.5.7.3.1' } })).toMatchObject({ outcome: 'fail' })
})
it('misses an authority that nobody vouches for', async () => {
  expect(await finding(chainHolds, {}, { ...context, anchors: [] })).toMatchObject({
    outcome: 'not-checked',
    because: { text: 'sigstore.authority-unknown' },
  })
})
