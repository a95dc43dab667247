import type { TrustAnchor } from '../../core/scheme.ts'
import { demoAnchor } from './demo-anchor.ts'

/** Devices' keys are endorsed by whoever makes them; there is no public root. Known here is a published example key, so that tokens under it are named as what they are. */
export const anchors: readonly TrustAnchor[] = [
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
  },
  demoAnchor,
]
