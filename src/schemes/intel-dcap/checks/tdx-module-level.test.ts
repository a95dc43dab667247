import { expect, it } from 'vitest'
import { findingOf } from '../testing.ts'
import { tdxModuleLevel } from './tdx-module-level.ts'

const tee = (...first: number[]) => ({ teeTcbSvn: [...first, ...Array.from({ length: 16 - first.length }, () => 0)] })

it('names the level of the module', async () => {
  expect(await findingOf(tdxModuleLevel)).toMatchObject({
    outcome: 'pass',
    because: { params: { id: 'TDX_01', svn: 6 } },
  })
  expect(await findingOf(tdxModuleLevel, { td: tee(5, 1, 5) })).toMatchObject({
    outcome: 'warn',
    found: '5',
    expected: '≥ 6',
    remedy: { text: 'tcb.remedy.module' },
  })
  expect(await findingOf(tdxModuleLevel, { td: tee(1, 1, 5) })).toMatchObject({ outcome: 'fail' })
})
it('does not arise for modules of major version 0 and for enclaves', async () => {
  expect(await findingOf(tdxModuleLevel, { td: tee(5, 0, 5) })).toMatchObject({ outcome: 'not-applicable' })
  expect(await findingOf(tdxModuleLevel, { version: 3 })).toMatchObject({ outcome: 'not-applicable' })
})
it('is not checked when there is nothing to compare with', async () => {
  expect(await findingOf(tdxModuleLevel, { tcbInfo: { modules: undefined } })).toMatchObject({ outcome: 'not-checked' })
})
