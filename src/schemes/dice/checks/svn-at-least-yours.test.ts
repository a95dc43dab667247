import { expect, it } from 'vitest'
import { NO_POLICY } from '../../../core/policy.ts'
import { context, prepared } from '../testing.ts'
import { svnAtLeastYours } from './svn-at-least-yours.ts'

const withMinimum = (minimumTcb: Readonly<Record<string, number>>) =>
  prepared({}, { policy: { ...NO_POLICY, minimumTcb } })

it('compares every layer, or the one of that type', async () => {
  expect(await svnAtLeastYours.run(await withMinimum({ svn: 7 }), context)).toMatchObject({ outcome: 'pass' })
  expect(await svnAtLeastYours.run(await withMinimum({ FMC_INFO: 9 }), context)).toMatchObject({ outcome: 'pass' })
  expect(await svnAtLeastYours.run(await withMinimum({ FMC_INFO: 10 }), context)).toMatchObject({
    outcome: 'fail',
    because: { text: 'dice.svn-below', params: { svn: '9', least: 10 } },
  })
})
it('stays open for a name that no layer has, and is not asked without a minimum', async () => {
  expect(await svnAtLeastYours.run(await withMinimum({ microcode: 1 }), context)).toMatchObject({
    outcome: 'not-checked',
  })
  expect(svnAtLeastYours.applies?.(await prepared())).toBe(false)
})
it('stays open where one of several floors was held against nothing', async () => {
  expect(await svnAtLeastYours.run(await withMinimum({ FMC_INFO: 9, RT_INFO_X: 99 }), context)).toMatchObject({
    outcome: 'not-checked',
    because: { text: 'dice.no-svn-named', params: { names: 'RT_INFO_X' } },
  })
  expect(await svnAtLeastYours.run(await withMinimum({ FMC_INFO: 10, RT_INFO_X: 99 }), context)).toMatchObject({
    outcome: 'fail',
  })
})
