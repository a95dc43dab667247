import { expect, it } from 'vitest'
import { finding } from '../testing.ts'
import { thumbprintFits } from './thumbprint-fits.ts'

it('passes for the hash of the first certificate', async () => {
  expect(await finding(thumbprintFits)).toMatchObject({ outcome: 'pass' })
})
it('fails for another hash', async () => {
  expect(await finding(thumbprintFits, { bend: { thumbprint: new Uint8Array(32) } })).toMatchObject({ outcome: 'fail' })
})
