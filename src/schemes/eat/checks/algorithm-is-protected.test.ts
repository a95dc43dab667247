import { expect, it } from 'vitest'
import { cborInt, cborMap } from '../../../bytes/cbor-writer.ts'
import { context, prepared } from '../testing.ts'
import { algorithmIsProtected } from './algorithm-is-protected.ts'

it('passes when the protected header names it', async () => {
  expect(await algorithmIsProtected.run(await prepared(), context)).toMatchObject({ outcome: 'pass', found: 'ES256' })
})
it('fails when only the other header does', async () => {
  expect(
    await algorithmIsProtected.run(
      await prepared({ bend: { protectedHeader: new Uint8Array(), unprotectedHeader: cborMap([1, cborInt(-7)]) } }),
      context,
    ),
  ).toMatchObject({ outcome: 'fail', because: { text: 'cose.alg.unprotected' } })
})
