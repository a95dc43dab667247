import { expect, it } from 'vitest'
import { makeAuthority } from '../attester.ts'
import { HSK } from '../numbers.ts'
import { ask } from '../testing.ts'
import { hskSignedByRoot } from './hsk-signed-by-root.ts'

it('holds', async () => {
  expect(await ask(hskSignedByRoot, {})).toMatchObject({
    outcome: 'pass',
    because: { text: 'csv.hsk-signed-by-root.holds' },
  })
})
it('signed by nobody known', async () => {
  expect(await ask(hskSignedByRoot, { hsk: makeAuthority(HSK, 'other') })).toMatchObject({
    outcome: 'not-checked',
    because: { text: 'csv.root-not-here' },
  })
})
it('no HSK', async () => {
  expect(await ask(hskSignedByRoot, { hsk: null })).toMatchObject({
    outcome: 'not-checked',
    because: { text: 'csv.no-hsk' },
  })
})
