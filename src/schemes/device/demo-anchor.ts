import type { TrustAnchor } from '../../core/scheme.ts'

/** The demonstration root: its key is public, so whatever hangs on it proves nothing. Kept as it was made, because a signature differs each time it is made. */
export const demoAnchor: TrustAnchor = {
  subject:
    '3063310b3009060355040613025858311d301b060355040a0c144174746573746174696f6e204578706c6f72657231163014060355040b0c0d44656d6f6e7374726174696f6e311d301b06035504030c1464656d6f6e7374726174696f6e2e646576696365',
  spki: 'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE/XxtpDG4n1wVfQKBtwrDPx+alQGolT6BpSirz9g7OltjlwEA6E/qWTrxbQS+/fEC+/GQLSMirE3hde0Y0hr5LQ==',
  format: 'x509',
  purpose: 'evidence',
  holder: 'Device demonstration root',
  country: '',
  source: '',
  status: 'demonstration',
  sha256: '5f76c4ccf1e2dc4065ce66128eda0ea13bcd92c70691f0bb365ce4476e30a8d0',
  spkiSha256: 'cff890ddaf6d5d1765e9dc049d52a4743b92d687a1f21ed83a713ee0094cd3e3',
  certificate:
    'MIIB2TCCAYCgAwIBAgIBATAKBggqhkjOPQQDAjBjMQswCQYDVQQGEwJYWDEdMBsGA1UECgwUQXR0ZXN0YXRpb24gRXhwbG9yZXIxFjAUBgNVBAsMDURlbW9uc3RyYXRpb24xHTAbBgNVBAMMFGRlbW9uc3RyYXRpb24uZGV2aWNlMCAXDTI1MDEwMTAwMDAwMFoYDzIwNTUwMTAxMDAwMDAwWjBjMQswCQYDVQQGEwJYWDEdMBsGA1UECgwUQXR0ZXN0YXRpb24gRXhwbG9yZXIxFjAUBgNVBAsMDURlbW9uc3RyYXRpb24xHTAbBgNVBAMMFGRlbW9uc3RyYXRpb24uZGV2aWNlMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE/XxtpDG4n1wVfQKBtwrDPx+alQGolT6BpSirz9g7OltjlwEA6E/qWTrxbQS+/fEC+/GQLSMirE3hde0Y0hr5LaMjMCEwDwYDVR0TAQH/BAUwAwEB/zAOBgNVHQ8BAf8EBAMCAgQwCgYIKoZIzj0EAwIDRwAwRAIgF3NINR3jLn+K+onR8xIB6ESRbprSLPeeicYvu8d+TWoCIEgUiyAZ55aEQ+aNMvN6cev95NqxhcoaL2a4L4/d33W9',
}
