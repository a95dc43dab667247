import { describe, expect, it } from 'vitest'
import { bytesOf } from '../../core/place.ts'
import { verifySignature } from '../../crypto/verify.ts'
import { anchors, publishedAuthorities, replacedAuthorities } from './anchors.ts'
import { PRODUCTS } from './product.ts'
import { anchorCertificate } from '../../pki/anchors.ts'

describe('anchors', () => {
  it('are one of AMD and one of the demonstration for each generation', () => {
    for (const product of PRODUCTS)
      expect(anchors.filter((anchor) => anchor.scope === product).map((anchor) => anchor.status)).toEqual([
        'pinned',
        'demonstration',
      ])
  })
  it('every authority that is kept is signed by a root of its own generation', async () => {
    for (const authority of [...publishedAuthorities(), ...replacedAuthorities()]) {
      const issuers = anchors
        .flatMap((anchor) => anchorCertificate(anchor) ?? [])
        .filter((root) => root.subject.text === authority.issuer.text)
      expect(issuers).toHaveLength(1)
      for (const root of issuers) {
        if (!authority.algorithm) throw new Error('no algorithm')
        expect(
          await verifySignature(
            authority.algorithm,
            bytesOf(root.spki),
            bytesOf(authority.tbs),
            bytesOf(authority.signature),
          ),
        ).toMatchObject({ result: 'valid' })
      }
    }
  })
})
