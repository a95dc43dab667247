import { expect, it } from 'vitest'
import { cborInt, cborMap } from '../../../bytes/cbor-writer.ts'
import { context, prepared } from '../testing.ts'
import { algorithmIsProtected } from './algorithm-is-protected.ts'

it('passes on ES384 in both protected headers', async () => {
  expect(await algorithmIsProtected.run(await prepared(), context)).toMatchObject({
    outcome: 'pass',
    found: 'ES384, ES384',
  })
})
it.each([
  [
    'one that is not protected',
    { protectedHeader: cborMap(), unprotectedHeader: cborMap([1, cborInt(-35)]) },
    'cose.alg.unprotected',
  ],
  ['none', { protectedHeader: new Uint8Array() }, 'cose.alg.missing'],
  ['RSA', { protectedHeader: cborMap([1, cborInt(-37)]) }, 'cose.alg'],
])('fails on %s', async (_name, bend, reason) => {
  expect(await algorithmIsProtected.run(await prepared({ bend }), context)).toMatchObject({
    outcome: 'fail',
    because: { text: reason },
  })
})
