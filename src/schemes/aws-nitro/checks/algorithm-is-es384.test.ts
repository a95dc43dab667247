import { expect, it } from 'vitest'
import { cborArray, cborInt, cborMap } from '../../../bytes/cbor-writer.ts'
import { context, prepared } from '../testing.ts'
import { algorithmIsEs384 } from './algorithm-is-es384.ts'

const ES384 = cborMap([1, cborInt(-35)])

it('passes on ES384 in the protected header', async () => {
  expect(await algorithmIsEs384.run(await prepared(), context)).toMatchObject({ outcome: 'pass' })
})
it.each([
  ['another one', { protectedHeader: cborMap([1, cborInt(-7)]) }, 'cose.alg'],
  ['one that is not protected', { protectedHeader: cborMap(), unprotectedHeader: ES384 }, 'cose.alg.unprotected'],
  [
    'one behind an empty string',
    { protectedHeader: new Uint8Array(), unprotectedHeader: ES384 },
    'cose.alg.unprotected',
  ],
  ['none', { protectedHeader: cborMap() }, 'cose.alg.missing'],
  ['a second one outside', { unprotectedHeader: cborMap([1, cborInt(-7)]) }, 'cose.alg.both'],
  ['two', { protectedHeader: cborMap([1, cborInt(-35)], [1, cborInt(-7)]) }, 'cbor.duplicate-key'],
  [
    'parameters that must be understood',
    { protectedHeader: cborMap([1, cborInt(-35)], [2, cborArray(cborInt(99))]) },
    'cose.crit',
  ],
])('fails on %s', async (_name, bend, reason) => {
  expect(await algorithmIsEs384.run(await prepared({ bend }), context)).toMatchObject({
    outcome: 'fail',
    because: { text: reason },
  })
})
