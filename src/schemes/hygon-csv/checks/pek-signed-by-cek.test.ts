import { expect, it } from 'vitest'
import { makeCek } from '../attester.ts'
import { ask } from '../testing.ts'
import { pekSignedByCek } from './pek-signed-by-cek.ts'

it('holds', async () => {
  expect(await ask(pekSignedByCek, {})).toMatchObject({
    outcome: 'pass',
    because: { text: 'csv.pek-signed-by-cek.holds' },
  })
})
it('missing', async () => {
  expect(await ask(pekSignedByCek, { cek: null })).toMatchObject({
    outcome: 'not-checked',
    because: { text: 'csv.no-cek' },
  })
})
it('another chip’s', async () => {
  expect(await ask(pekSignedByCek, { cek: makeCek('hsk', 'other') })).toMatchObject({
    outcome: 'not-checked',
    because: { text: 'csv.cek-of-another-chip' },
  })
})
it('another chip’s, inside the evidence', async () => {
  expect(await ask(pekSignedByCek, { cek: makeCek('hsk', 'other'), isCarried: true })).toMatchObject({
    outcome: 'fail',
    because: { text: 'csv.pek-signed-by-cek.fails' },
  })
})
