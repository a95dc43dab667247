import { expect, it } from 'vitest'
import { sliceOf } from '../../core/place.ts'
import { makeTufRoot } from './tuf-attester.ts'
import { readTuf } from './tuf.ts'

const rolesAt = async (threshold: number) =>
  readTuf(sliceOf('', await makeTufRoot({ version: 2, keys: ['tuf1', 'tuf2'], threshold })))?.root?.roles

it('knows no role that nobody need sign for: a threshold of none would be met by anybody', async () => {
  expect((await rolesAt(2))?.get('targets')).toMatchObject({ threshold: 2 })
  for (const threshold of [0, -1]) {
    expect((await rolesAt(threshold))?.has('root')).toBe(false)
    expect((await rolesAt(threshold))?.has('targets')).toBe(false)
  }
})
