import { expect, it } from 'vitest'
import { context, prepared } from '../testing.ts'
import { fwidMatches } from './fwid-matches.ts'

it('passes when report and certificate name one firmware', async () => {
  expect(await fwidMatches.run(await prepared(), context)).toMatchObject({ outcome: 'pass' })
})
it('fails when they differ, although the signature holds', async () => {
  expect(await fwidMatches.run(await prepared({ fwid: new Uint8Array(48) }), context)).toMatchObject({
    outcome: 'fail',
  })
})
