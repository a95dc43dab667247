import { expect, it } from 'vitest'
import { makeAuthority } from '../attester.ts'
import { HSK } from '../numbers.ts'
import { ask, flipped } from '../testing.ts'
import { curveOfHsk } from './curve-of-hsk.ts'

it('holds', async () => {
  expect(await ask(curveOfHsk, {})).toMatchObject({ outcome: 'pass', because: { text: 'csv.curve.hsk.holds' } })
})
it('another curve', async () => {
  expect(await ask(curveOfHsk, { hsk: flipped(makeAuthority(HSK), 64) })).toMatchObject({
    outcome: 'fail',
    because: { text: 'csv.curve-wrong' },
  })
})
