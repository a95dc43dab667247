import { expect, it } from 'vitest'
import { sliceOf } from '../../core/place.ts'
import { cborArray, cborBytes, cborInt, cborMap, cborTag } from '../../bytes/cbor-writer.ts'
import { entry } from './index.ts'

const formatOf = (...claims: readonly (readonly [number, Uint8Array])[]) => {
  const bytes = cborTag(
    18,
    cborArray(
      cborBytes(cborMap([1, cborInt(-7)])),
      cborMap(),
      cborBytes(cborMap(...claims)),
      cborBytes(new Uint8Array(64)),
    ),
  )
  return entry.detectors.flatMap((detect) => detect(sliceOf('', bytes)) ?? [])[0]?.format
}
const id = cborBytes(new Uint8Array(32))

it('knows a token by the client that asked for it', () =>
  expect(formatOf([2394, cborInt(-2)], [2396, id])).toBe('psa.token'))
it('leaves the platform of CCA 2.0 alone, which names a client too', () =>
  expect(formatOf([2394, cborInt(1)], [2396, id], [2401, id])).toBeUndefined())
