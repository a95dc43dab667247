import { expect, it } from 'vitest'
import { cborInt, cborMap } from '../../../bytes/cbor-writer.ts'
import { context, prepared } from '../testing.ts'
import { algorithmIsProtected } from './algorithm-is-protected.ts'

it('passes on ES256, and on HMAC 256/256 for a MAC', async () => {
  expect(await algorithmIsProtected.run(await prepared(), context)).toMatchObject({ outcome: 'pass', found: 'ES256' })
  expect(await algorithmIsProtected.run(await prepared({ mac: true }), context)).toMatchObject({
    outcome: 'pass',
    found: 'HMAC 256/256',
  })
})
it.each([
  [
    'one that is not protected',
    { protectedHeader: new Uint8Array(), unprotectedHeader: cborMap([1, cborInt(-7)]) },
    'cose.alg.unprotected',
  ],
  ['none', { protectedHeader: new Uint8Array() }, 'cose.alg.missing'],
  ['EdDSA', { protectedHeader: cborMap([1, cborInt(-8)]) }, 'cose.alg'],
  ['two', { unprotectedHeader: cborMap([1, cborInt(-35)]) }, 'cose.alg.both'],
])('fails on %s', async (_name, bend, reason) => {
  expect(await algorithmIsProtected.run(await prepared({ bend }), context)).toMatchObject({
    outcome: 'fail',
    because: { text: reason },
  })
})
