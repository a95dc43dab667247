import { fromHex, toHex } from '../bytes/layout.ts'
import { bytesOf, sliceOf } from '../core/place.ts'
import { toBase64 } from '../envelope/base64.ts'
import type { TrustAnchor } from '../core/scheme.ts'
import type { SignatureAlgorithm } from '../crypto/types.ts'
import { certificateSha256, readCertificate, spkiSha256 } from './certificate.ts'
import {
  authorityKeyIdentifier,
  basicConstraints,
  issueCertificate,
  keyUsage,
  name,
  subjectKeyIdentifier,
  type CertificateRecipe,
  type IssuedExtension,
} from './issue.ts'
import type { Certificate, PathProfile } from './types.ts'

/** A small demonstration PKI for tests. The keys are public on purpose and good for nothing else. */
export const KEYS = {
  root: {
    kty: 'EC',
    x: 'yBU8g5wsopo3q-wy3TkM5WRSxP3Esw2fa_4DBxWVPQg',
    y: 'TIWxEbyq395S5vEDyENYOA9QTVm4mlgQYOvuBvNxivM',
    crv: 'P-256',
    d: 'm9iXM6mDXK6fCElv5rg-tO4FLe-MCxz2ueprrk__csg',
  },
  authority: {
    kty: 'EC',
    x: 'D3eyX_BLvWgRBg-ZeAWx5rgQ26k6AYqqH1u7v_Nmnq8',
    y: 'A1xlNeAz8IPmryihLKcS9DjuyO2rPLsOu8sYC5d5Itg',
    crv: 'P-256',
    d: 'vXqOQ7b9iyyH93iqhSMXeHf61Jmcj6NkoXpfuAhRD0k',
  },
  sub: {
    kty: 'EC',
    x: 'wMhJAAe-05DA6pQjJEI3PfVBYIFXPWmf9gELNupfUsA',
    y: 'bnjeEqlCyJMcjb3V4V0kRzMFj1ST03PtZJtdDPwBfAk',
    crv: 'P-256',
    d: 'CpzXntWXdlYytrZFWeQnQPh7sWAc_42cUXwWdmyyMcE',
  },
  leaf: {
    kty: 'EC',
    x: 'BRPjozvYa8rAoFmjySypgODsLxu6VCZmh4Wp2Kcpm8E',
    y: 'uWTYBcIyo0u44i8hHik2qyb9DrD-OF9x6E8cpcf_Eds',
    crv: 'P-256',
    d: 'ah1ygwAn8tYdAWYJ1mCXqxklgvWFpKhWmQDrbeUpbV4',
  },
  other: {
    kty: 'EC',
    x: 'WlgJKt3RiDzcscuaV_J2TKTxdqoLEzSw982pUpPsrQY',
    y: '7IEv5LqOwR2QvIDrz7hyj1igt9Abq8OyQfGywuUr97o',
    crv: 'P-256',
    d: 'V0jpoOL7zSpryU2yVPeesDY9ANv8qHlAa57P1xsV3zI',
  },
  p384: {
    kty: 'EC',
    x: 'VC-APwZwtdipxiQwtDZ0mjzNDpHAQaYtmlbU9NlsbIiPSIYHlUs7JgcJOIxOmsGo',
    y: 'TEE9E87-OT3dLs7W4JtceiBO2zPNXcOeG2winw8cYPNxMvvPIweHUuqiqrhBdd03',
    crv: 'P-384',
    d: 'm-SlVoavuVP2Fu5DL8VFJrOaPubhmcidCr7-yL95Am4xAbOkJCs_n8JUC08W_B9C',
  },
  p521: {
    kty: 'EC',
    x: 'AE0cFvhiBPu_HPvZluxrgKwj7JJTgDprccgPyJHcgtw_d0buzk7Oxct9WVsV_ZuL_a_w67Ruzme5ICADDepW43HK',
    y: 'AGmmWUT72p58Y-SXUfk24b1tGMjLOM8RySeoLkTZWjCNUfPWOd2_eNn19faS3HlC88wXcE9X5z3Nh934GoUE8gs7',
    crv: 'P-521',
    d: 'AIaHzMQHHooCbHY42A3vjRstKK631KGqPPknmQ8ksJT-fgjb_MNqv-53uR7BjR3s0ZJTa8ao-g8pC-JEJpSP46kq',
  },
  ed: {
    crv: 'Ed25519',
    d: 'mgsV-txQQ4Ig0lvquOsVBLDt9ILrfK5v0rF1yzX1b4o',
    x: 'Y5gd8W25uN_TH1CtmJjRxgdNRjR1_zrlcYupHNKPQ0s',
    kty: 'OKP',
  },
  rsa: {
    kty: 'RSA',
    n: '2XHL4Srhk4wP4GpIn1hhqeS5aBEPETgaWS5gQZ7W3b1ycjqb6qyCkuoVt86B0USqzsa1OQALMWB8f7aVH3ikQikED_3dWGmKsi95PXHpeNgWpHaJBXvfHCcEoubRxiwExkqhRio69jIYf6dLTGgWORlrgk90XCYXe6CcM_vNOpvvEWWk_sl6vp1xrD5BcyS1sXwOXrJtCKMS_3iX4MEiQ91PEr03mU6aFVzLzLTh2Q6jcoxLASrVVVcx1DR3KiQfjVQvBnnXGjjrM1SexbrS7AlwWZTIy9_dOi56eHWgy65Lc-ONa3k4rj9y_jUbVOrf0IEWdOTXiomqh8FBYo6VfQ',
    e: 'AQAB',
    d: 'Mas2wPZElKl3rvFYKV3M4Tvnxgevg2VnT1uyjQq1Ve1CSSluGArTwK9LyrKXILAovBbTqnOCGwNJLPsN0SSDkMFBtk1s1Bc3oUAK16g_hmUFtweEgQYsjoezHWrQHA5OAOVnNVnMIhSLWA1ku81C1kQiNJ_lmm7xCkJDq_Qmiu5LtPtofKo_sRcMn3_NxslZkO9gwsiRaShcgjpJG940j_qri1F9vicxEGC7o2O6sk75FdBLVeNBHS7EWclRbccfO0x1-z4GytDbSjeharvS2otbOOLXs78Odh0qI45-s1UpP2KGKqOhktfpP6PqDFMAhGcjRXvbfPO5-_NS13jmwQ',
    p: '81S8WHl4mNwTutkarSX475zna-l7s0dtMKZXiDeIxrwV377_IR4EDoTLgZ6NFHMYY98HZwYTbM_OfnsbF4Q6xf2n2CvmuHha6QhlfpB5HMYk3-JK73QXbHJOib-pIUULO1UK2X93OC5C3OcYJOVCwEk6Ryt6Pmq0CEyG8hVzAPk',
    q: '5MQHounA_VN1m8MFzU4_BfbgmhNfw62MYtWB3QoxnMi9w5DyKK7Z92j_5d1QOjGAiU0-weDqwgUkiBuKqcdZ9XrQvgLl_Why0YO0v-yFx6_tbTMoUjxomo4mDK_CO7Tyz75VRfGEi90pN83DxRQ3sAp6-RIXx3QwfeFkQwJY3aU',
    dp: 'hHm9kO2RGqe2liNcwqfJv6pM1BNppVFdwP7O6PpTHN-JiScS_5S34K-rnAYWCOwgez8RaKWGLdd1NKcRONxkoyZWGvrLweLEm9pWZ3GAfonhyYIKChPKLOCOobAXBGXyl3rVTVR4M7376QhnvK6UiNtVPyoMg67UFTCUx3emBQE',
    dq: 'doyHkIsmMaEQb1mPJieITWT0W6PymorTF1yhYZSoxSDaBgCVHTQPTEEja1FXA_EnNP_Mp9gQj97uYYI0R2tBWQ7-IZmK6dk4tw5TmqnNYf_vQAmkuYkIhB9p5GUoeJx6v-FYe1h_YaOIepys-PJTMW0c8PnJTNkPUAx_UqJivuk',
    qi: 'S6gtbtGhx4ALnz9LGQXJduschXsIAZBwOC5eYhVTqvybCxKZkiA2tpoaeXRJ5BJaKBXuA17bux3P260mD3Cdbr1PUnzhPz88oAa7TsI-SpMbR9z2gfJXp8TTXvB4r5XRzVcQUEnlEDdXu1NRkua4r_AsCn6eG0SkxoKYo6WueoQ',
  },
} as const satisfies Readonly<Record<string, JsonWebKey>>

const bytes = (hex: string) => fromHex(hex) ?? new Uint8Array()

/** Keys that must not be relied on, as SubjectPublicKeyInfo. */
export const BAD_KEYS = {
  rsa1024: bytes(
    '30819f300d06092a864886f70d010101050003818d0030818902818100b5136d8d0fcbaaf0c9d8acdb1e468da92bd02b58021cc6e02aa50833b83dc9342e3d6f84e40e4f19df711921faaa759e43bd8c834e09cebbce3077345af0135c454765a476dd72704e1ffb2ad329a02a87215bd20873de15dd87ecec40d5d66b42543aed8a5dfd06ed6d065ac0ce6485d9b2e6a0250bcc9707e2a7a62d1de4670203010001',
  ),
  p192: bytes(
    '3049301306072a8648ce3d020106082a8648ce3d0301010332000432a06b190acb771fb57b28966141ea21a97e657ae98e6016955a8bebff149e7405712a643f71e9255a61fb9a01c68171',
  ),
  explicit: bytes(
    '3082014b3082010306072a8648ce3d02013081f7020101302c06072a8648ce3d0101022100ffffffff00000001000000000000000000000000ffffffffffffffffffffffff305b0420ffffffff00000001000000000000000000000000fffffffffffffffffffffffc04205ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b031500c49d360886e704936a6678e1139d26b7819f7e900441046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c2964fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5022100ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc63255102010103420004d8e85f54983f52a84fddab497ffc5daccec189f63e5c0fdae8ee84fbabd72012923d4c9016a581716886fde1bd4001f40fb60dcddc3e90ccea71e6af588c2ec8',
  ),
} as const

/** A curve that is sound but not known here. */
export const SECP256K1 = bytes(
  '3056301006072a8648ce3d020106052b8104000a03420004c868c60aaa140b77d71b71b29dec0df0de6075d25d4ed772fc4361fcd691476bfbccc08b172e7a350e3157dada3f9b3caef31500fe628d10b1b6fe8ca17f6e4c',
)

export const ES256: SignatureAlgorithm = { kind: 'ecdsa', hash: 'SHA-256', form: 'der' }
export const AT = Date.UTC(2025, 5, 1)
export const FROM = Date.UTC(2025, 0, 1)
export const TO = Date.UTC(2026, 0, 1)

export const PROFILE: PathProfile = {
  id: 'test',
  knownCritical: [],
  algorithms: [
    'ec:P-256/ecdsa-with-SHA256',
    'ec:P-384/ecdsa-with-SHA384',
    'rsa/rsassa-pss-SHA384',
    'rsa/sha256WithRSAEncryption',
  ],
}

/** Asks for nothing that a vendor would have to ask for. */
export const PLAIN: PathProfile = {
  id: 'plain',
  knownCritical: [],
  algorithms: [],
  leafKeyUsage: null,
  leafMayBeCa: true,
}

export const NAMES = {
  root: name({ O: 'Demonstration', CN: 'Root' }),
  authority: name({ O: 'Demonstration', CN: 'Authority' }),
  sub: name({ O: 'Demonstration', CN: 'Sub authority' }),
  leaf: name({ O: 'Demonstration', CN: 'Leaf' }),
} as const

/** A certificate from a recipe with everything usual filled in. */
export async function make(
  recipe: Partial<CertificateRecipe> & Pick<CertificateRecipe, 'subject' | 'issuer' | 'issuerKey' | 'subjectKey'>,
): Promise<Certificate> {
  return read(await issueCertificate({ serial: 77, notBefore: FROM, notAfter: TO, algorithm: ES256, ...recipe }))
}

/** Reads bytes that must be a certificate. */
export function read(der: Uint8Array, space = ''): Certificate {
  const certificate = readCertificate(sliceOf(space, der))
  if (!certificate) throw new Error('no certificate')
  return certificate
}

/** Extensions of an authority. */
export async function authorityExtensions(
  key: JsonWebKey,
  issuerKey: JsonWebKey,
  pathLength?: number,
): Promise<IssuedExtension[]> {
  return [
    basicConstraints(true, pathLength),
    keyUsage('keyCertSign', 'cRLSign'),
    await subjectKeyIdentifier(key),
    await authorityKeyIdentifier(issuerKey),
  ]
}

/** Extensions of a leaf. */
export async function leafExtensions(key: JsonWebKey, issuerKey: JsonWebKey): Promise<IssuedExtension[]> {
  return [
    basicConstraints(false),
    keyUsage('digitalSignature'),
    await subjectKeyIdentifier(key),
    await authorityKeyIdentifier(issuerKey),
  ]
}

/** Root, authority and leaf that hold together, and the anchor for the root. */
export async function chain(): Promise<{
  readonly root: Certificate
  readonly authority: Certificate
  readonly leaf: Certificate
  readonly anchor: TrustAnchor
}> {
  const root = await make({
    subject: NAMES.root,
    issuer: NAMES.root,
    issuerKey: KEYS.root,
    subjectKey: KEYS.root,
    serial: 1,
    extensions: await authorityExtensions(KEYS.root, KEYS.root, 1),
  })
  const authority = await make({
    subject: NAMES.authority,
    issuer: NAMES.root,
    issuerKey: KEYS.root,
    subjectKey: KEYS.authority,
    serial: 2,
    extensions: await authorityExtensions(KEYS.authority, KEYS.root, 0),
  })
  const leaf = await make({
    subject: NAMES.leaf,
    issuer: NAMES.authority,
    issuerKey: KEYS.authority,
    subjectKey: KEYS.leaf,
    serial: 3,
    extensions: await leafExtensions(KEYS.leaf, KEYS.authority),
  })
  return { root, authority, leaf, anchor: await anchorOf(root) }
}

/** An anchor that pins a certificate's name and key. */
export async function anchorOf(root: Certificate): Promise<TrustAnchor> {
  return {
    subject: toHex(root.subject.der),
    spki: toBase64(bytesOf(root.spki)),
    format: 'x509',
    purpose: 'evidence',
    holder: 'Demonstration',
    country: '',
    source: 'https://example.invalid',
    sha256: await certificateSha256(root),
    spkiSha256: await spkiSha256(root),
    certificate: toBase64(bytesOf(root.slice)),
  }
}
