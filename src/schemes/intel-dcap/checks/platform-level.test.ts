import { expect, it } from 'vitest'
import { findingOf } from '../testing.ts'
import { platformLevel } from './platform-level.ts'

it('names the level that the platform reaches by itself', async () => {
  expect(await findingOf(platformLevel)).toMatchObject({ outcome: 'pass', because: { params: { status: 'UpToDate' } } })
  expect(await findingOf(platformLevel, { qe: { isvSvn: 6 } })).toMatchObject({ outcome: 'pass' })
  expect(await findingOf(platformLevel, { platform: { pceSvn: 11 } })).toMatchObject({
    outcome: 'warn',
    found: 'PCESVN 11',
    expected: 'PCESVN 13',
  })
  expect(await findingOf(platformLevel, { platform: { pceSvn: 1 } })).toMatchObject({
    outcome: 'fail',
    because: { text: 'intel.platform-level.fails', params: { part: 'PCESVN' } },
  })
})
it('is not checked without a TCB info', async () => {
  expect(await findingOf(platformLevel, {}, { without: ['tcbInfo'] })).toMatchObject({ outcome: 'not-checked' })
})
