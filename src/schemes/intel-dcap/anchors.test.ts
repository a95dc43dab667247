import { describe, expect, it } from 'vitest'
import { toHex } from '../../bytes/layout.ts'
import { bytesOf } from '../../core/place.ts'
import { anchorCertificate } from '../../pki/anchors.ts'
import { certificateSha256, spkiSha256 } from '../../pki/certificate.ts'
import { verifyPath } from '../../pki/path.ts'
import { anchors, PUBLISHED_SHA256, publishedCertificates } from './anchors.ts'
import { pckProfile } from './profile.ts'

describe('anchors', () => {
  it('pins exactly one root, and its certificate has the subject, key and fingerprint that stand beside it', async () => {
    const pinned = anchors.filter((anchor) => anchor.status === 'pinned')
    expect(pinned).toHaveLength(1)
    for (const anchor of anchors) {
      const certificate = anchorCertificate(anchor)
      if (!certificate) continue
      expect(toHex(certificate.subject.der)).toBe(anchor.subject)
      expect(await spkiSha256(certificate)).toBe(anchor.spkiSha256)
      expect(await certificateSha256(certificate)).toBe(anchor.sha256)
    }
  })
  it('pins the key that Intel publishes', () => {
    expect(anchors[0]).toMatchObject({
      holder: 'Intel',
      sha256: '44a0196b2b99f889b8e149e95b807a350e7424964399e885a7cbb8ccfab674d3',
      spkiSha256: 'a0af031289f5d5d4132f9186068a7fc13628633ba235777472e29b6b6c67a49e',
    })
  })
  it('never calls a test root pinned', () => {
    expect(anchors.slice(1).map((anchor) => anchor.status)).toEqual([
      'development',
      'development',
      'development',
      'development',
      'development',
      'demonstration',
    ])
  })
})

describe('published intermediates', () => {
  it('are what their fingerprints say, and hang on the pinned root', async () => {
    const certificates = publishedCertificates()
    expect(await Promise.all(certificates.map(certificateSha256))).toEqual(PUBLISHED_SHA256)
    for (const leaf of certificates) {
      const result = await verifyPath({
        leaf,
        pool: [],
        anchors,
        purpose: 'evidence',
        profile: pckProfile,
        at: Date.parse('2025-05-10T00:00:00Z'),
      })
      expect(result.rootStatus, leaf.subject.commonName).toBe('pinned')
      expect(
        result.faults.filter(
          (fault) => fault.because.text !== 'chain.leaf-is-ca' && fault.because.text !== 'chain.usage',
        ),
        leaf.subject.commonName,
      ).toEqual([])
      expect(bytesOf(leaf.slice).length).toBeGreaterThan(500)
    }
  })
})
