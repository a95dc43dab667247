import type { TrustAnchor } from '../../core/scheme.ts'
import { demoAnchor } from './demo-keys.ts'

/**
 * Nobody publishes keys of Keystone devices: whoever builds one knows its key. Known here is the key pair that the project itself publishes for tests, private half included
 * (its boot code takes no other unless somebody changes it), so that reports under it are named as what they are.
 */
export const anchors: readonly TrustAnchor[] = [
  {
    subject: '',
    format: 'raw-key',
    purpose: 'evidence',
    holder: 'Keystone test device key',
    country: '',
    status: 'development',
    spki: 'MCowBQYDK2VwAyEAD6rU/wEXhYO6pYiWb3wf8yVk3RfX3CtGy1CoSmknC0w=',
    spkiSha256: '66741e20f2048c2c12c5d57cddffdd260068fa029dd198afa4103e556f4fbdde',
    sha256: '66741e20f2048c2c12c5d57cddffdd260068fa029dd198afa4103e556f4fbdde',
    source: 'https://github.com/keystone-enclave/keystone/blob/master/bootrom/test_dev_key.h',
  },
  demoAnchor,
]
