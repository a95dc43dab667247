import type { TrustAnchor } from '../../core/scheme.ts'

/** Keys for demonstrations: public on purpose, good for nothing else. Whoever has this page can sign with them. */

/** Signs everything else. */
export const rootKey: JsonWebKey = {
  kty: 'EC',
  crv: 'P-256',
  x: 'saDstZ2f49UOXpzVCyK1fcrdpQ9uIi4TM5w-oiJ9AOQ',
  y: 'ZbuIkBs4TLN2x2ZxtiLICVwXEzZ5ultlqcA6mW544Vk',
  d: 'nnJLQAO5DkSINEDau9wWvczuIsK-RuL2H-zH_vnKuwI',
}

/** Issues PCK certificates of platforms with several packages. */
export const platformCaKey: JsonWebKey = {
  kty: 'EC',
  crv: 'P-256',
  x: 'k8ps6YyecEIZhlYfwwfY0vA4-quHzuL0P1a28mfh8_g',
  y: 'kC6-HHVnt2WwnS4KK8uOdpqCtmve-T7ME3sVkqQxeUs',
  d: 'aYAB0aYkngV5hXJ0SmwyEhtAWXtk8WIbumujqyKHcjM',
}

/** Issues PCK certificates of single processors. */
export const processorCaKey: JsonWebKey = {
  kty: 'EC',
  crv: 'P-256',
  x: 'HgENEPaECWeLlUJPGr7xHyIcNJp92S8bIk0FuT6mL6k',
  y: '88SK7MES13fMZ43XLKe1UGbWepxbKO24wDyTvKvlkEQ',
  d: '-WRKnSo0Gf39L9MPj1C75RO5LP-8vhuC6E7arR2y8bc',
}

/** Certifies the quoting enclave on a platform. */
export const platformPckKey: JsonWebKey = {
  kty: 'EC',
  crv: 'P-256',
  x: '3wVJXRGwL7u3SYXgXXJTP_0Wt7qme1RX-C17IniOWo0',
  y: 'RcO2otBYg02wBr_zSqrvT3Vjqzv3wfcV8H6Wb0jQpMM',
  d: 'ovkdMM4agNJRaNiuLVT-Jdgwv3TQxdJNvSeCnk9qhe4',
}

/** Certifies the quoting enclave on a single processor. */
export const processorPckKey: JsonWebKey = {
  kty: 'EC',
  crv: 'P-256',
  x: 'hjlbWX6EaxOiDNk9AnhlkV00tUg325LigVDhUoF2pPk',
  y: 'zgh9BStvKgbsYxjfhePF3GYIaMnYx8cnvVnuCVMZnQo',
  d: 'PyAAv2X9RfSgUkrPmbIUXiD86h4zeHfH7GHDXIckARU',
}

/** Signs TCB info and identities. */
export const tcbSigningKey: JsonWebKey = {
  kty: 'EC',
  crv: 'P-256',
  x: 'Cb5UFDVTUpQNHSr36LNCUyaryDG_zByoBswhr6z7mkU',
  y: 'VxidcSRLdgfX1PWLoW2llbjALrhWFBz7_VbeA9LjeK4',
  d: 'IpzmLuV3gfb4SiY7NE6rg2DEF8ahGYnaqwsgiT-mBHg',
}

/** Signs quotes; its digest stands in the QE report. */
export const attestationKey: JsonWebKey = {
  kty: 'EC',
  crv: 'P-256',
  x: 'MKGyncXaUi0vOXCESB9TaI61cKR9yF1ARz5Vn3z8L7Q',
  y: '0_wL2eXjO95rSkUqwjVqHUdZal3djMWZ9OmJLcUIc-4',
  d: 'C4KTRGtx5LEgN01SUWOaVBXkQLrjk6wAcnZ3O_QcXTg',
}

/** Belongs to nobody above: for tests that sign with a wrong key. */
export const attackerKey: JsonWebKey = {
  kty: 'EC',
  crv: 'P-256',
  x: 'q3i4kUAFZK00be5EBlGIf5U1_FL7Y-iDNjRxNPZ2fYE',
  y: '6Tm0XdkZKGnr5T14sKboMwkIT5kEuxUY_agjHOK45NY',
  d: 'l8rXiOl65F9YTodOXRHxKwt_6brKvb4HpzsD5PQuMhM',
}
/** Certificate of the demonstration root, base64 of DER. Made once and kept, so that its fingerprint stays the same. */
export const DEMO_ROOT_CERTIFICATE =
  'MIICTTCCAfSgAwIBAgIBATAKBggqhkjOPQQDAjBfMSIwIAYDVQQDDBlEZW1vbnN0cmF0aW9uIFNHWCBSb290IENBMSwwKgYDVQQKDCNBdHRlc3RhdGlvbiBFeHBsb3JlciwgZGVtb25zdHJhdGlvbjELMAkGA1UEBhMCWFgwHhcNMjAwMTAxMDAwMDAwWhcNNDkxMjMxMjM1OTU5WjBfMSIwIAYDVQQDDBlEZW1vbnN0cmF0aW9uIFNHWCBSb290IENBMSwwKgYDVQQKDCNBdHRlc3RhdGlvbiBFeHBsb3JlciwgZGVtb25zdHJhdGlvbjELMAkGA1UEBhMCWFgwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAASxoOy1nZ/j1Q5enNULIrV9yt2lD24iLhMznD6iIn0A5GW7iJAbOEyzdsdmcbYiyAlcFxM2ebpbZanAOplueOFZo4GgMIGdMB8GA1UdIwQYMBaAFClpqlA+biOG1HpP9EeXkb3eoj4QMDcGA1UdHwQwMC4wLKAqoCiGJmh0dHBzOi8vZGVtb25zdHJhdGlvbi5pbnZhbGlkL3Jvb3QuY3JsMB0GA1UdDgQWBBQpaapQPm4jhtR6T/RHl5G93qI+EDAOBgNVHQ8BAf8EBAMCAQYwEgYDVR0TAQH/BAgwBgEB/wIBATAKBggqhkjOPQQDAgNHADBEAiBi9soKs7iSvH2hRCp5Rqrez11aZogSrTt/bYO5Op6ayAIgLR986fVov5cDTnaxWbIXkiWFL3ZM1qMLdSaDuK1IVYg='

/** The demonstration root as an anchor: evidence under it is never more than a demonstration. */
export const demoAnchor: TrustAnchor = {
  subject:
    '305f3122302006035504030c1944656d6f6e7374726174696f6e2053475820526f6f74204341312c302a060355040a0c234174746573746174696f6e204578706c6f7265722c2064656d6f6e7374726174696f6e310b3009060355040613025858',
  format: 'x509',
  purpose: 'evidence',
  holder: 'Demonstration root of this page',
  country: '',
  status: 'demonstration',
  source: '',
  spki: 'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEsaDstZ2f49UOXpzVCyK1fcrdpQ9uIi4TM5w+oiJ9AORlu4iQGzhMs3bHZnG2IsgJXBcTNnm6W2WpwDqZbnjhWQ==',
  spkiSha256: 'b7879081f85e64eb88a8aa5fce9d5192cbeb891a96da4e96b7e97d8617e97979',
  sha256: '4e120d2e713e1623030d8c13bba3361d1000415eb10b064aebd1acc8417894c1',
  certificate: DEMO_ROOT_CERTIFICATE,
}
