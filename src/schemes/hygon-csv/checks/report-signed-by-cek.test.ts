import { expect, it } from 'vitest'
import { makeDcuReport } from '../attester.ts'
import { ask, flipped } from '../testing.ts'
import { reportSignedByCek } from './report-signed-by-cek.ts'

it('holds in both orders', async () => {
  expect(await ask(reportSignedByCek, { kind: 'dcu', report: makeDcuReport({ isSwapped: true }) })).toMatchObject({
    outcome: 'pass',
    because: { text: 'dcu.report-signed-by-cek.holds' },
  })
})
it('changed user data', async () => {
  expect(await ask(reportSignedByCek, { kind: 'dcu', report: flipped(makeDcuReport(), 20) })).toMatchObject({
    outcome: 'fail',
    because: { text: 'dcu.signature-or-chip' },
  })
})
it('no CEK', async () => {
  expect(await ask(reportSignedByCek, { kind: 'dcu', report: makeDcuReport(), cek: null })).toMatchObject({
    outcome: 'not-checked',
    because: { text: 'csv.no-cek' },
  })
})
