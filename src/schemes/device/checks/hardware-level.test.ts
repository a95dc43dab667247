import { expect, it } from 'vitest'
import { android, context } from '../testing.ts'
import { hardwareLevel } from './hardware-level.ts'

it('passes in hardware and fails in software and for levels that are none', async () => {
  for (const [level, outcome] of [
    [1, 'pass'],
    [2, 'pass'],
    [0, 'fail'],
    [9, 'fail'],
  ] as const)
    expect(await hardwareLevel.run(await android({ level }), context), String(level)).toMatchObject({ outcome })
})
it('goes by the description nearest the root', async () => {
  expect(await hardwareLevel.run(await android({ extended: true, level: 0 }), context)).toMatchObject({
    outcome: 'fail',
  })
  expect(await hardwareLevel.run(await android({ malformed: true }), context)).toMatchObject({
    outcome: 'not-checked',
  })
})
