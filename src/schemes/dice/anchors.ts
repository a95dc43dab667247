import type { TrustAnchor } from '../../core/scheme.ts'

/** No maker of devices publishes a root for all of them: whoever has the key of the first layer gives it. These are our own, for demonstrations: their private halves are public. */
export const anchors: readonly TrustAnchor[] = [
  {
    subject:
      '3061310b3009060355040613025858311d301b060355040a0c144174746573746174696f6e204578706c6f72657231163014060355040b0c0d44656d6f6e7374726174696f6e311b301906035504030c1264656d6f6e7374726174696f6e2e64696365',
    spki: 'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEAGrffnxaUARePCKEMRSKqduNNI2jGg6lWVUoGBsKTjEn/mRuHeket4zBza4hQYscvcW27I4OoD1L9HqJec0dzA==',
    format: 'x509',
    purpose: 'evidence',
    holder: 'DICE demonstration root',
    country: '',
    source: '',
    status: 'demonstration',
    sha256: '8a11db780e6118fe7312e9000e761fed3151ccad2b8dfad487a1b3ae9f0514d4',
    spkiSha256: '71fc11a2a6eb5af3d803e3fd4cc019dc2efd3fec97396a16811512cd51157a70',
    certificate:
      'MIIB9jCCAZugAwIBAgIBATAKBggqhkjOPQQDAjBhMQswCQYDVQQGEwJYWDEdMBsGA1UECgwUQXR0ZXN0YXRpb24gRXhwbG9yZXIxFjAUBgNVBAsMDURlbW9uc3RyYXRpb24xGzAZBgNVBAMMEmRlbW9uc3RyYXRpb24uZGljZTAgFw0yNTAxMDEwMDAwMDBaGA8yMDU1MDEwMTAwMDAwMFowYTELMAkGA1UEBhMCWFgxHTAbBgNVBAoMFEF0dGVzdGF0aW9uIEV4cGxvcmVyMRYwFAYDVQQLDA1EZW1vbnN0cmF0aW9uMRswGQYDVQQDDBJkZW1vbnN0cmF0aW9uLmRpY2UwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAQAat9+fFpQBF48IoQxFIqp2400jaMaDqVZVSgYGwpOMSf+ZG4d6R63jMHNriFBixy9xbbsjg6gPUv0eol5zR3Mo0IwQDAPBgNVHRMBAf8EBTADAQH/MA4GA1UdDwEB/wQEAwICBDAdBgNVHQ4EFgQU9VobLn9qtxaABg/77B/JGFKtZIgwCgYIKoZIzj0EAwIDSQAwRgIhAL8l31zNbJKYPCUzjijfxtFWBEjaH8y05KcbrhaYADEsAiEA1h2TiwxqOlIbYqy2GvhS0ID/YY1olfoUovoTaJcI9fU=',
  },
  {
    subject: '',
    spki: 'MCowBQYDK2VwAyEACA6xxTYe4HCGpH/dYNt4cH2IQEheSuERWL8a8XbfVd0=',
    format: 'raw-key',
    purpose: 'evidence',
    holder: 'DICE demonstration device',
    country: '',
    source: '',
    status: 'demonstration',
    sha256: 'eda2981ada3327b70510849b3e6ed0c9f783fa0b220c4df751d7dd995bd2dbde',
    spkiSha256: 'eda2981ada3327b70510849b3e6ed0c9f783fa0b220c4df751d7dd995bd2dbde',
  },
]
