import type { TrustAnchor } from '../../core/scheme.ts'

/**
 * Hygon's root key (HRK). Its certificate is no X.509, so the key is pinned; two independent public verifiers hold the same one as a constant.
 * A look-alike with the same key id and user id is another key.
 */
export const anchors: readonly TrustAnchor[] = [
  {
    subject: '',
    spki: 'MFkwEwYHKoZIzj0CAQYIKoEcz1UBgi0DQgAEvmLhTWKk8Uzz1wLbCVY6dcgJNeeFzR9QKvXyHZLC9i07qxI6V7twFVhPi5cWTpU4SmQMELm+iEc4dE1otB65Rg==',
    format: 'raw-key',
    purpose: 'evidence',
    holder: 'Hygon 海光信息',
    country: 'CN',
    sha256: '296efa97580464aca0ab5eefe42199ee05862182508d1629f29cf4dc175b10cd',
    spkiSha256: 'cd0f130d93433c4854b7f2d883c23e281de453f4fde0621c3a07866c52c45b80',
    source: 'https://cert.hygon.cn/hrk',
    status: 'pinned',
  },
  {
    subject: '',
    spki: 'MFkwEwYHKoZIzj0CAQYIKoEcz1UBgi0DQgAEEsPxwmo5+hYpTtvmAg1vK0TDUVReetJSvLjz8td//UR5G7dOLdK5Qfq4Hqjf14nuPz869Zw001ggudvEBhdD+Q==',
    format: 'raw-key',
    purpose: 'evidence',
    holder: 'Attestation Explorer demonstration',
    country: '',
    sha256: 'f6ca5354a5572b54f76105de9a12f4a0bdde79024393fec8d5eb8d9f4ec5afba',
    spkiSha256: 'f6ca5354a5572b54f76105de9a12f4a0bdde79024393fec8d5eb8d9f4ec5afba',
    source: '',
    status: 'demonstration',
  },
]

/** The user id in every signature by Hygon's root, as printed in its certificate: SM2 signs it along. The demonstration root uses it too. */
export const ROOT_USER_ID = 'HYGON-SSD-HRK'
/** The key id that certificates name Hygon's root by. Not signed by anything that matters: it tells which root is meant, never that it is that root. */
export const ROOT_KEY_ID = '3ae86a9701355cce333a589de21583d7'
