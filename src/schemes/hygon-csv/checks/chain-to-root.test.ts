import { expect, it } from 'vitest'
import { makeCek, makeDcuReport, makeReportV1 } from '../attester.ts'
import { ask, flipped } from '../testing.ts'
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
it('is looked at even where the report is cut off behind its signer, and above a DCU’s changed report', async () => {
  expect(await ask(chainToRoot, { report: (await makeReportV1()).subarray(0, 2540) })).toMatchObject({
    outcome: 'pass',
  })
  expect(await ask(chainToRoot, { report: flipped(makeDcuReport(), 30), kind: 'dcu' })).toMatchObject({
    outcome: 'pass',
  })
  expect(await ask(chainToRoot, { report: makeDcuReport(), kind: 'dcu', cek: null })).toMatchObject({
    outcome: 'not-checked',
  })
})
