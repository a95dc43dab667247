import type { TrustAnchor } from '../../core/scheme.ts'

/**
 * Our own demonstration root. Google publishes its root as `GCE-cc-tcb-root_1` (pki.goog/cloud_integrity); its certificate was not at hand,
 * and a fingerprint that others print is no key, so it is not pinned: who has it adds it.
 */
export const anchors: readonly TrustAnchor[] = [
  {
    subject:
      '3045311d301b060355040a0c144174746573746174696f6e204578706c6f7265723124302206035504030c1b44656d6f6e7374726174696f6e204669726d7761726520526f6f74',
    format: 'x509',
    purpose: 'reference-values',
    holder: 'Demonstration root of firmware',
    country: '',
    source: '',
    status: 'demonstration',
    spki: 'MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAE8ya02vZWBwlH+VZstQndJjiC7Wf7cjwEH4aaTnM3aWWbqWNZYdt8E7YwqaZaLyegl/rlUE9ya2RrA8MP176UtdZfBvW4Lo/rENMZ5GI0S0/3G8pshwHqX1561o+fy92A',
    spkiSha256: '19ce9925265cb11afd14ce64199e0f6f7cb1ef6685af2fe23b23ef15742bd9bd',
    sha256: '19ce9925265cb11afd14ce64199e0f6f7cb1ef6685af2fe23b23ef15742bd9bd',
  },
]
