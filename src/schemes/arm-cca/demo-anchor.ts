import type { TrustAnchor } from '../../core/scheme.ts'

/** The demonstration key: its private half is public, so whatever it signs proves nothing. */
export const demoAnchor: TrustAnchor = {
  subject: '',
  format: 'raw-key',
  purpose: 'evidence',
  holder: 'CCA demonstration key',
  country: '',
  source: '',
  status: 'demonstration',
  spki: 'MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAEla7G6IBSarR0/5eFLSNPwJKJtZI8HjlIDBffu0H2wuTXu2URB3T7/S9nXhZZyKKgYP2UpDyJFSibJyz4SlQed5Lc0g8O07SKDLyZZLaIFegChQsd/Fy7BNo2zGa+kLsw',
  spkiSha256: 'bcd2f5bfa2fa7fca5cf446652ae80eb0d40c52ee6cf65de4d85664be3c7ebb2d',
  sha256: 'bcd2f5bfa2fa7fca5cf446652ae80eb0d40c52ee6cf65de4d85664be3c7ebb2d',
}

/** The demonstration root of virtCCA's devices, likewise. */
export const demoDeviceRoot: TrustAnchor = {
  subject:
    '3064310b3009060355040613025858311d301b060355040a0c144174746573746174696f6e204578706c6f72657231163014060355040b0c0d44656d6f6e7374726174696f6e311e301c06035504030c1564656d6f6e7374726174696f6e2e76697274636361',
  spki: 'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAv6DbQ0vc/MDgBQ2fJk7jhU+R1YP1bywTZYa3JhIBtiqes1izAmuC5zpRaw9UYeQFQRcBErzcSPAj89C3o6prnWJ25Q1Y6FJYrftNEUB//5iMcnyHrlhXBEIMVncSfbHaeSImerozjtpZlf9CZ4nO9vXI202Fq37ZDCUMHxs1jUL/rEt64I6D1YUAqFISCpp7m+y+9hgH3nKcXB+mZMrFr3su/W8jPgsiaKBdywWG/6xq/7k6Q1tDZ13Qq8Bcyaypyj74mRYUoOYrC9a3l+COFNk7zf8Xl3Yi09sAnwmVT7GBv/eNVoy1Ekx2uzPmyC1dTXJYXMF5naedJkWWmSGFAwIDAQAB',
  format: 'x509',
  purpose: 'evidence',
  holder: 'virtCCA demonstration root',
  country: '',
  source: '',
  status: 'demonstration',
  sha256: '430bb6752252768b73fb9918e92ff690406005b7668dfebc9ef4250b8e348b97',
  spkiSha256: 'c0738a8e9aba29a438eeaf12df9160535129966d15a852dd775f06a472df99d1',
  certificate:
    'MIIDaDCCAlCgAwIBAgIBATANBgkqhkiG9w0BAQsFADBkMQswCQYDVQQGEwJYWDEdMBsGA1UECgwUQXR0ZXN0YXRpb24gRXhwbG9yZXIxFjAUBgNVBAsMDURlbW9uc3RyYXRpb24xHjAcBgNVBAMMFWRlbW9uc3RyYXRpb24udmlydGNjYTAgFw0yNTAxMDEwMDAwMDBaGA8yMDU1MDEwMTAwMDAwMFowZDELMAkGA1UEBhMCWFgxHTAbBgNVBAoMFEF0dGVzdGF0aW9uIEV4cGxvcmVyMRYwFAYDVQQLDA1EZW1vbnN0cmF0aW9uMR4wHAYDVQQDDBVkZW1vbnN0cmF0aW9uLnZpcnRjY2EwggEiMA0GCSqGSIb3DQEBAQUAA4IBDwAwggEKAoIBAQC/oNtDS9z8wOAFDZ8mTuOFT5HVg/VvLBNlhrcmEgG2Kp6zWLMCa4LnOlFrD1Rh5AVBFwESvNxI8CPz0LejqmudYnblDVjoUlit+00RQH//mIxyfIeuWFcEQgxWdxJ9sdp5IiZ6ujOO2lmV/0Jnic729cjbTYWrftkMJQwfGzWNQv+sS3rgjoPVhQCoUhIKmnub7L72GAfecpxcH6ZkysWvey79byM+CyJooF3LBYb/rGr/uTpDW0NnXdCrwFzJrKnKPviZFhSg5isL1reX4I4U2TvN/xeXdiLT2wCfCZVPsYG/941WjLUSTHa7M+bILV1NclhcwXmdp50mRZaZIYUDAgMBAAGjIzAhMA8GA1UdEwEB/wQFMAMBAf8wDgYDVR0PAQH/BAQDAgIEMA0GCSqGSIb3DQEBCwUAA4IBAQCh7NNAUUst7zKLRRcw/1w5ZqPQz7YZsAQnNKs5MUU8xIOBnRbPj+FgpbNOPdxYVGa+EgsYqJtxWN5qWP5B9rW7uEIEarjxCuZSlqR9+vG8g4nGUG6Vwo/XJEDeG4FRHSKTcHe3qQHwPkfjS9QC4hEdJ/fXsKC4q3T20O3DNKGN7gSfPAY0pmdLG11YzHbxjwlRUMIql4OsWjqPgqNAAS6mCiFNCgg38EwDuaZ5mSUhcDkSVcLLQ+4kvQo3PTf+5oc/u20ojcFdcs4if3NG9aU/YtYkz6oNU5OvAtghhukGW8QBAs+vD1pyHZfHGpa0q6y6SHA4tqi65VacZCQC5mdJ',
}
