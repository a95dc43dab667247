import { describe, expect, it } from 'vitest'
import { anchorCertificate } from '../pki/anchors.ts'
import { profileFaults } from '../pki/path-profile.ts'
import { PLAIN } from '../pki/testing.ts'
import { entries, loadScheme } from './registry.ts'

/** Published roots whose constraints are not critical, as older authorities wrote them: schemes that pin them say so in their profile. */
const PLAIN_CONSTRAINTS: readonly string[] = ['Huawei Equipment CA']

describe('built-in anchors', () => {
  it('are authorities by every rule that certificates of evidence are held to', async () => {
    let seen = 0
    for (const entry of entries) {
      const { anchors } = await loadScheme(entry)
      for (const anchor of anchors) {
        const certificate = anchorCertificate(anchor)
        if (!certificate) continue
        seen += 1
        // As the leaf it would be spared what is asked of an authority, so it stands above itself.
        const plainConstraints = PLAIN_CONSTRAINTS.includes(certificate.subject.commonName)
        const faults = profileFaults(
          [certificate, certificate],
          { ...PLAIN, plainConstraints },
          {
            isAnchored: true,
            isPublished: () => true,
            bareAnchorSpki: undefined,
          },
        )
        expect(
          faults.filter((one) => one.index === 1),
          `${entry.id}: ${certificate.subject.text}`,
        ).toEqual([])
      }
    }
    console.log(`${seen} built-in anchors with a certificate`)
    expect(seen).toBeGreaterThan(0)
  })
})
