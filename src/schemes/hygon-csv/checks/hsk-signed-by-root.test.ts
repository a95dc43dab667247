import { expect, it } from 'vitest'
import { makeAuthority } from '../attester.ts'
import { HRK, HSK } from '../numbers.ts'
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
it('the root that it names is here and did not sign it', async () => {
  const root = makeAuthority(HRK)
  expect(await ask(hskSignedByRoot, { hsk: makeAuthority(HSK, 'other'), root })).toMatchObject({
    outcome: 'fail',
    because: { text: 'csv.root-did-not-sign' },
  })
  // An HSK on another curve can have signed nothing; that the root did not sign it either is said too.
  const odd = makeAuthority(HSK)
  odd[64] = 2
  expect(await ask(hskSignedByRoot, { hsk: odd, root })).toMatchObject({
    outcome: 'fail',
    because: { text: 'csv.root-did-not-sign' },
  })
  expect(await ask(hskSignedByRoot, { hsk: odd })).toMatchObject({
    outcome: 'not-checked',
    because: { text: 'csv.hsk-not-for-this' },
  })
})
it('no HSK', async () => {
  expect(await ask(hskSignedByRoot, { hsk: null })).toMatchObject({
    outcome: 'not-checked',
    because: { text: 'csv.no-hsk' },
  })
})
