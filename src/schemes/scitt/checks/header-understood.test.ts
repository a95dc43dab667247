import { expect, it } from 'vitest'
import { finding } from '../testing.ts'
import { headerUnderstood } from './header-understood.ts'

it('passes for a header without demands', async () => {
  expect(await finding(headerUnderstood)).toMatchObject({ outcome: 'pass' })
})
it('fails where something unknown must be understood', async () => {
  expect(await finding(headerUnderstood, { bend: { critical: ['attestedsvc'] } })).toMatchObject({
    outcome: 'fail',
    because: { text: 'scitt.critical-unknown' },
  })
})
