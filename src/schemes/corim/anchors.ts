import type { TrustAnchor } from '../../core/scheme.ts'

/** The test key that Veraison publishes with its private half, and our own demonstration key: both prove nothing. */
export const anchors: readonly TrustAnchor[] = [
  {
    subject: '',
    format: 'raw-key',
    purpose: 'reference-values',
    holder: 'Veraison test key (published with its private half)',
    country: '',
    source: 'https://github.com/veraison/cocli/blob/main/cmd/testcases/ec-p256.jwk',
    status: 'development',
    spki: 'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEMKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D7gS2XpJFbZiItSs3m9+9Ue6GnvHw/GW2ZZaVtszggXIw==',
    spkiSha256: '51b944cdfa544d4c3273aa6bf350625a7dd53bbb6a71723274f538b19a207760',
    sha256: '51b944cdfa544d4c3273aa6bf350625a7dd53bbb6a71723274f538b19a207760',
  },
  {
    subject: '',
    format: 'raw-key',
    purpose: 'reference-values',
    holder: 'Demonstration key of manifests',
    country: '',
    source: '',
    status: 'demonstration',
    spki: 'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAER9RVLBUflJbnwmy0UDGZA8UH2YLIUKgFW8HXYe+QD6eHL/pza6CXEtz+Unn4mI3xKtCnOOtq1UX03p6aX7hkNw==',
    spkiSha256: '1f681d97dacca31709f54de76a38ec726efc63fc276508c66b3bfa356bb18139',
    sha256: '1f681d97dacca31709f54de76a38ec726efc63fc276508c66b3bfa356bb18139',
  },
]
