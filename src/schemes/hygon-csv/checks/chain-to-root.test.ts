import { expect, it } from 'vitest'
import { makeCek } from '../attester.ts'
import { ask } from '../testing.ts'
import { chainToRoot } from './chain-to-root.ts'

it('holds', async () => {
  expect(await ask(chainToRoot, {})).toMatchObject({ outcome: 'pass', because: { text: 'csv.chain-to-root.holds' } })
})
it('certificates missing', async () => {
  expect(await ask(chainToRoot, { cek: null })).toMatchObject({
    outcome: 'not-checked',
    because: { text: 'csv.chain-open' },
  })
})
it('another chip’s certificate beside it accuses nobody', async () => {
  expect(await ask(chainToRoot, { cek: makeCek('hsk', 'other') })).toMatchObject({
    outcome: 'not-checked',
    because: { text: 'csv.chain-not-for-this' },
  })
})
it('another chip’s certificate inside it', async () => {
  expect(await ask(chainToRoot, { cek: makeCek('hsk', 'other'), isCarried: true })).toMatchObject({
    outcome: 'fail',
    because: { text: 'csv.carried-chain-broken' },
  })
})
