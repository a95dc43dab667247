import { expect, it } from 'vitest'
import { makeCek } from '../attester.ts'
import { ask } from '../testing.ts'
import { cekSignedByHsk } from './cek-signed-by-hsk.ts'

it('holds', async () => {
  expect(await ask(cekSignedByHsk, {})).toMatchObject({
    outcome: 'pass',
    because: { text: 'csv.cek-signed-by-hsk.holds' },
  })
})
it('signed by another key', async () => {
  expect(await ask(cekSignedByHsk, { cek: makeCek('other') })).toMatchObject({
    outcome: 'fail',
    because: { text: 'signature.mismatch' },
  })
})
it('no HSK', async () => {
  expect(await ask(cekSignedByHsk, { hsk: null })).toMatchObject({
    outcome: 'not-checked',
    because: { text: 'csv.no-hsk' },
  })
})
