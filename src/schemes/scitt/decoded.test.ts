import { expect, it } from 'vitest'
import { sliceOf } from '../../core/place.ts'
import { cborArray, cborBytes, cborInt, cborMap, cborTag, cborText } from '../../bytes/cbor-writer.ts'
import { readStatement } from './decoded.ts'

type Entry = readonly [Uint8Array, Uint8Array]

const DIGEST = new Uint8Array(32).fill(7)
const hashedOf = (header: readonly Entry[], payload: Uint8Array) => {
  const message = cborTag(
    18,
    cborArray(
      cborBytes(cborMap([cborInt(1), cborInt(-7)], ...header)),
      cborMap(),
      cborBytes(payload),
      cborBytes(new Uint8Array(64)),
    ),
  )
  const hashed = readStatement(sliceOf('', message)).statement.hashed
  return hashed && { hash: hashed.hash, value: [...hashed.digest.value] }
}
const contentType = (text: string): Entry => [cborInt(3), cborText(text)]
const OLDER = cborArray(cborInt(-16), cborBytes(DIGEST), cborText('https://example.com'))

it('knows a payload that is only a hash, by the header’s label or by the older content type', () => {
  const expected = { hash: 'sha256', value: [...DIGEST] }
  expect(hashedOf([[cborInt(258), cborInt(-16)]], DIGEST)).toEqual(expected)
  expect(hashedOf([contentType('text/spdx+cose-hash-v')], OLDER)).toEqual(expected)
})

it('takes nothing else for a hash', () => {
  expect(hashedOf([], DIGEST)).toBeUndefined()
  expect(hashedOf([contentType('text/spdx')], OLDER)).toBeUndefined()
  expect(hashedOf([[cborInt(258), cborInt(-999)]], DIGEST)).toBeUndefined()
  expect(hashedOf([contentType('text/spdx+cose-hash-v')], cborArray(cborInt(-16), cborText('7')))).toBeUndefined()
})
