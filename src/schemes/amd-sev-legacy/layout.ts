import { bits, bytes, mapped, reserved, struct, u32le, u8, type Bytes, type Layout } from '../../bytes/layout.ts'

/** Certificates and reports of SEV before SNP: "SEV API specification" (AMD 55766), appendices B and C. All numbers are little-endian. */

/** What a key is for. */
export const USAGE: Readonly<Record<number, string>> = { 0x0000: 'ARK', 0x0013: 'ASK', 0x1000: 'none', 0x1001: 'OCA', 0x1002: 'PEK', 0x1003: 'PDH', 0x1004: 'CEK' }
export const ARK = 0x0000
export const ASK = 0x0013
export const OCA = 0x1001
export const PEK = 0x1002
export const PDH = 0x1003
export const CEK = 0x1004

/** Algorithms of keys and signatures. */
export const ALGORITHM: Readonly<Record<number, string>> = { 0x0001: 'RSA with SHA-256', 0x0002: 'ECDSA with SHA-256', 0x0003: 'ECDH with SHA-256', 0x0101: 'RSA with SHA-384', 0x0102: 'ECDSA with SHA-384', 0x0103: 'ECDH with SHA-384' }

const caBody = struct('sevCaBody')
  .field('version', u32le(), 'VERSION')
  .field('keyId', bytes(16), 'KEY_ID')
  .field('certifyingId', bytes(16), 'CERTIFYING_ID')
  .field('usage', u32le(USAGE), 'KEY_USAGE')
  .field('reserved', reserved(16), 'RESERVED')
  .field('exponentBits', u32le(), 'PUBEXP_SIZE')
  .field('modulusBits', u32le(), 'MODULUS_SIZE')
  .field('exponent', (q) => bytes(sizeOf(q.exponentBits.value)), 'PUBEXP')
  .field('modulus', (q) => bytes(sizeOf(q.modulusBits.value)), 'MODULUS')

/** Bytes of so many bits; no key is longer than 4096. */
function sizeOf(count: number): number {
  return Math.min(512, count >>> 3)
}

/** A certificate of AMD's own authorities, ARK or ASK: an RSA key and an RSA signature, least significant byte first. */
export const caCertificate = struct('sevCaCertificate')
  .field('body', caBody, 'BODY')
  .field('signature', (q) => bytes(sizeOf(q.body.modulusBits.value)), 'SIGNATURE')

const publicKey = struct('sevPublicKey')
  .field('curve', u32le({ 1: 'P-256', 2: 'P-384' }), 'CURVE')
  .field('qx', bytes(72), 'QX')
  .field('qy', bytes(72), 'QY')
  .field('reserved', reserved(880), 'RESERVED')

const certificateBody = struct('sevCertificateBody')
  .field('version', u32le(), 'VERSION')
  .field('apiMajor', u8(), 'API_MAJOR')
  .field('apiMinor', u8(), 'API_MINOR')
  .field('reserved', reserved(2), 'RESERVED')
  .field('usage', u32le(USAGE), 'PUBKEY_USAGE')
  .field('algorithm', u32le(ALGORITHM), 'PUBKEY_ALGO')
  .field('publicKey', publicKey, 'PUBKEY')

const signatureSlot = struct('sevSignature')
  .field('usage', u32le(USAGE), 'SIG_USAGE')
  .field('algorithm', u32le(ALGORITHM), 'SIG_ALGO')
  .field('value', bytes(512), 'SIG')

/** A certificate of a chip or platform key: CEK, OCA, PEK or PDH. Two signatures, because the owner signs the platform's key beside the chip. */
export const certificate = struct('sevCertificate')
  .field('body', certificateBody, 'BODY')
  .field('first', signatureSlot, 'SIG1')
  .field('second', signatureSlot, 'SIG2')

/** Policy of a guest before SNP. Here the first bit forbids debugging; in SNP a bit allows it. */
export const legacyPolicy = bits('sevPolicy', 4, [
  { name: 'NODBG', from: 0 },
  { name: 'NOKS', from: 1 },
  { name: 'ES', from: 2 },
  { name: 'NOSEND', from: 3 },
  { name: 'DOMAIN', from: 4 },
  { name: 'SEV', from: 5 },
  { name: 'API_MAJOR', from: 16, to: 23 },
  { name: 'API_MINOR', from: 24, to: 31 },
])

const reportBody = struct('sevReportBody')
  .field('mnonce', bytes(16), 'MNONCE')
  .field('launchDigest', bytes(32), 'LAUNCH_DIGEST')
  .field('policy', legacyPolicy, 'POLICY')

/** A legacy attestation report, 208 bytes. The host asks for it, and chooses its nonce. */
export const legacyReport = struct('sevReport')
  .field('body', reportBody, 'ATTESTATION_REPORT')
  .field('usage', u32le(USAGE), 'SIG_USAGE')
  .field('algorithm', u32le(ALGORITHM), 'SIG_ALGO')
  .field('reserved', reserved(4), 'RESERVED')
  .field('signature', ecdsaPair(), 'SIG1')

/** r and s, 72 bytes each, least significant byte first. */
export function ecdsaPair(): Layout<{ readonly r: Bytes; readonly s: Bytes }> {
  const pair = struct('sevEcdsa').field('r', bytes(72), 'R').field('s', bytes(72), 'S')
  return mapped(pair, ({ r, s }) => ({ r, s }))
}
