import type { TrustAnchor } from '../../core/scheme.ts'
import type { PublishedAuthority, PublishedKey } from './trust-root.ts'

/** The demonstration's authority and logs: their keys are public, so whatever hangs on them proves nothing. */
export const DEMO_AUTHORITIES: readonly PublishedAuthority[] = [
  {
    role: 'certificates',
    name: 'demonstration',
    chain: [
      'MIICMDCCAbagAwIBAgIBAjAKBggqhkjOPQQDAzBCMR0wGwYDVQQKDBRBdHRlc3RhdGlvbiBFeHBsb3JlcjEhMB8GA1UEAwwYRGVtb25zdHJhdGlvbiBCdWlsZCBSb290MB4XDTIxMDEwMjAwMDAwMFoXDTQ1MTIyNzAwMDAwMFowRzEdMBsGA1UECgwUQXR0ZXN0YXRpb24gRXhwbG9yZXIxJjAkBgNVBAMMHURlbW9uc3RyYXRpb24gQnVpbGQgQXV0aG9yaXR5MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAEjge+tFgXcOZwi8tc0g04bV76EGkW4vA0gsf1cf/cwy1+WmjrpC+I9RrK42UqT8TtcrQm0RFdQAxoN0MR3qKo9qqhPhcD9EOR4sUM8hmo+Y3lgPRxL8s98rPO4bgp6tero3sweTASBgNVHRMBAf8ECDAGAQH/AgEAMA4GA1UdDwEB/wQEAwICBDATBgNVHSUEDDAKBggrBgEFBQcDAzAdBgNVHQ4EFgQUvzno8i11l/MHrSc2t0iVSboeqFAwHwYDVR0jBBgwFoAUWnTmy2YK5XV2pCFsMRHYWyennG0wCgYIKoZIzj0EAwMDaAAwZQIxALGEvuFZdhmb23PifaSqqRgC2YAjKkHZw0sI1nmQQQU2NRHnB96l+DLiULNT0wqW6gIwbJXUvBxQSnYk7S9bh3SqKL0jsslpdpTFsKuxSoct1xtNYzPuRVD5mt1C7RPGqLgV',
      'MIIB8TCCAXigAwIBAgIBATAKBggqhkjOPQQDAzBCMR0wGwYDVQQKDBRBdHRlc3RhdGlvbiBFeHBsb3JlcjEhMB8GA1UEAwwYRGVtb25zdHJhdGlvbiBCdWlsZCBSb290MB4XDTIxMDEwMjAwMDAwMFoXDTQ1MTIyNzAwMDAwMFowQjEdMBsGA1UECgwUQXR0ZXN0YXRpb24gRXhwbG9yZXIxITAfBgNVBAMMGERlbW9uc3RyYXRpb24gQnVpbGQgUm9vdDB2MBAGByqGSM49AgEGBSuBBAAiA2IABPnBwXrRtCtDZexRWO6GyH+jKTKibcSCrWOPQZQ3TvMRdEks+e8AD3ZjbRT8iaIc/aqi7m4Wwad8m/2tWHcCObz+wMJDjpO7YdGUvCsHc3ckAarRWOqkaxrPQcU/LVnVZqNCMEAwDwYDVR0TAQH/BAUwAwEB/zAOBgNVHQ8BAf8EBAMCAgQwHQYDVR0OBBYEFFp05stmCuV1dqQhbDER2Fsnp5xtMAoGCCqGSM49BAMDA2cAMGQCMGQae34BdbZuOJcyfMFLVXygBiACYuYyor2H7SCztekRY6yh5/cU+Fws3oOiTg+F6gIwCcXS5X8fO1SYd2hHGSM9VQVdqhrHiK5Be4K8J/My+ryz7SDnQewnkENF0NJRi49e',
    ],
    from: '2021-01-01T00:00:00Z',
    to: null,
    status: 'demonstration',
  },
]

export const DEMO_KEYS: readonly PublishedKey[] = [
  {
    role: 'log',
    name: 'log.demonstration.example',
    spki: 'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEENO79+q9ouoHQb5PAryfunbPsnjNW9wZsNi461+WfKT0fqPj91SJ+WUKLlPHHZven6C2nFor0k0CkJtlLBCnZQ==',
    id: '3960cc58a101f1a153ede3beb876b756b9e5c977560b695e15b9124321afa029',
    from: '2021-01-01T00:00:00Z',
    to: null,
    status: 'demonstration',
  },
  {
    role: 'certificate-log',
    name: 'certificate-log.demonstration.example',
    spki: 'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEjPxnzXjSoNRlJoZ0MGjXTBF5iwGwWLn/sZqFGCOmvr/8VjVRJ2ibrGB5+9gQznC19Y4b2wHHCbnA74HLNIpaSA==',
    id: 'eb086f86f612320ee3e40ed996134c6b63a5941b64194993cd386d3a83ee110f',
    from: '2021-01-01T00:00:00Z',
    to: null,
    status: 'demonstration',
  },
]

export const demoAuthority: TrustAnchor = {
  subject:
    '3042311d301b060355040a0c144174746573746174696f6e204578706c6f7265723121301f06035504030c1844656d6f6e7374726174696f6e204275696c6420526f6f74',
  spki: 'MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAE+cHBetG0K0Nl7FFY7obIf6MpMqJtxIKtY49BlDdO8xF0SSz57wAPdmNtFPyJohz9qqLubhbBp3yb/a1YdwI5vP7AwkOOk7th0ZS8KwdzdyQBqtFY6qRrGs9BxT8tWdVm',
  format: 'x509',
  purpose: 'reference-values',
  holder: 'Demonstration root of builds',
  country: '',
  source: '',
  status: 'demonstration',
  scope: 'certificates',
  sha256: 'ce6cf6bf1e73d6c82cdf347090293c1bd1939030475e66115a10e34c78fff5ee',
  spkiSha256: 'ce6cf6bf1e73d6c82cdf347090293c1bd1939030475e66115a10e34c78fff5ee',
}

export const demoKeys: readonly TrustAnchor[] = DEMO_KEYS.map(({ role, name, spki, id }): TrustAnchor => ({
  subject: '',
  format: 'raw-key',
  purpose: 'reference-values',
  holder: name,
  country: '',
  source: '',
  status: 'demonstration',
  scope: role,
  spki,
  sha256: id,
  spkiSha256: id,
}))
