import type { TrustAnchor } from '../../core/scheme.ts'
import { huaweiEquipmentRoot } from '../../pki/huawei-devices.ts'
import { demoAnchor, demoDeviceRoot } from './demo-anchor.ts'

/**
 * Arm publishes no root: the key of a platform (CPAK) is endorsed by whoever makes it. The keys here are test keys whose private halves are public;
 * they are known so that evidence under them is named as what it is, and used only when the reader gives one of them.
 * Huawei's root of devices stands behind the certificates (AIK) of virtCCA's machines.
 */
export const anchors: readonly TrustAnchor[] = [
  {
    subject: '',
    format: 'raw-key',
    purpose: 'evidence',
    holder: 'TF-A / TF-M development CPAK',
    country: '',
    status: 'development',
    spki: 'MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAEIShnxS4rlQiwpCCpBWDzlNLfqiG911FP8akBr+fh94uxHU5m+Kijivp2r2oxxN6MhM4tr8mWQli1P61xh3T0ViDREbF26DGOEYfbAjWjGNN7pZf+6A4OTHYqEryz6m7U',
    spkiSha256: '0928f896cb02326566530a62a1e36329a12d0a4a308f4fc81e8ff5560bca6bca',
    sha256: '0928f896cb02326566530a62a1e36329a12d0a4a308f4fc81e8ff5560bca6bca',
    source: 'https://git.trustedfirmware.org/plugins/gitiles/TF-M/tf-m-tools',
    scope: 'development boards and models',
  },
  {
    subject: '',
    format: 'raw-key',
    purpose: 'evidence',
    holder: 'RFC 7517 example key',
    country: '',
    status: 'development',
    spki: 'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEMKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D7gS2XpJFbZiItSs3m9+9Ue6GnvHw/GW2ZZaVtszggXIw==',
    spkiSha256: '51b944cdfa544d4c3273aa6bf350625a7dd53bbb6a71723274f538b19a207760',
    sha256: '51b944cdfa544d4c3273aa6bf350625a7dd53bbb6a71723274f538b19a207760',
    source: 'https://www.rfc-editor.org/rfc/rfc7517#appendix-A.1',
    scope: 'samples of attestation libraries',
  },
  { ...huaweiEquipmentRoot, scope: 'virtCCA' },
  demoAnchor,
  demoDeviceRoot,
]
