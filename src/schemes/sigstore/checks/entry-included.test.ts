import { expect, it } from 'vitest'
import { finding } from '../testing.ts'
import { entryIncluded } from './entry-included.ts'

it('passes for the path to the root', async () => {
  expect(await finding(entryIncluded)).toMatchObject({ outcome: 'pass' })
})
it('fails for another hash on the path', async () => {
  expect(await finding(entryIncluded, { bend: { proofHash: new Uint8Array(32) } })).toMatchObject({ outcome: 'fail' })
})
