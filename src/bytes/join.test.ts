import { expect, it } from 'vitest'
import { sliceOf } from '../core/place.ts'
import { joinSlices } from './join.ts'

it('knows of each slice where it came from, and of bytes between them nothing', () => {
  const file = sliceOf('', Uint8Array.of(1, 2, 3, 4))
  const other = sliceOf('hex@9', Uint8Array.of(5, 6))
  const { space, slice } = joinSlices('', 1, [
    { ...file, start: 1, end: 3 },
    Uint8Array.of(0),
    { ...file, end: 0 },
    other,
  ])
  expect(space).toMatchObject({ id: 'concat@1', parent: '', via: 'concat', map: 'exact' })
  expect([...slice.bytes]).toEqual([2, 3, 0, 5, 6])
  expect(space.pieces).toEqual([
    { at: 0, length: 2, sourceStart: 1, sourceEnd: 3 },
    { at: 3, length: 2, source: 'hex@9', sourceStart: 0, sourceEnd: 2 },
  ])
})
