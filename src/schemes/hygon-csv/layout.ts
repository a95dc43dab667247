import { bits, bytes, reserved, struct, u16le, u32le, u8 } from '../../bytes/layout.ts'
import { NUMBER, SIZE, USAGE } from './numbers.ts'

/** Certificates and reports of Hygon CSV as Hygon's public tools write them (csv-rs, hag). All numbers are little-endian. */

/** Algorithms of keys and signatures. */
export const ALGORITHM: Readonly<Record<number, string>> = { 0x0000: 'none', 0x0001: 'RSA with SHA-256', 0x0002: 'ECDSA with SHA-256', 0x0003: 'ECDH with SHA-256', 0x0004: 'SM2 signature', 0x0005: 'SM2 key exchange' }

const CURVE: Readonly<Record<number, string>> = { 1: 'P-256', 2: 'P-384', 3: 'SM2' }

const caBody = struct('csvCaBody')
  .field('version', u32le(), 'VERSION')
  .field('keyId', bytes(16), 'KEY_ID')
  .field('certifyingId', bytes(16), 'CERTIFYING_ID')
  .field('usage', u32le(USAGE), 'KEY_USAGE')
  .field('reserved', reserved(24), 'RESERVED')
  .field('curve', u32le(CURVE), 'CURVE_ID')
  .field('qx', bytes(NUMBER), 'QX')
  .field('qy', bytes(NUMBER), 'QY')
  .field('uidLength', u16le(), 'UID_SIZE')
  .field('uid', bytes(254), 'USER_ID')
  .field('reserved2', reserved(108), 'RESERVED2')

/** A certificate of Hygon's own authorities, HRK or HSK: 832 bytes, of which the first 576 are signed. */
export const caCertificate = struct('csvCaCertificate')
  .field('body', caBody, 'BODY')
  .field('r', bytes(NUMBER), 'SIG_R')
  .field('s', bytes(NUMBER), 'SIG_S')
  .field('reserved', reserved(112), 'RESERVED')

const certificateBody = struct('csvCertificateBody')
  .field('version', u32le(), 'VERSION')
  .field('apiMajor', u8(), 'API_MAJOR')
  .field('apiMinor', u8(), 'API_MINOR')
  .field('reserved', reserved(2), 'RESERVED')
  .field('usage', u32le(USAGE), 'PUBKEY_USAGE')
  .field('algorithm', u32le(ALGORITHM), 'PUBKEY_ALGO')
  .field('curve', u32le(CURVE), 'CURVE_ID')
  .field('qx', bytes(NUMBER), 'QX')
  .field('qy', bytes(NUMBER), 'QY')
  .field('uidLength', u16le(), 'UID_SIZE')
  .field('uid', bytes(254), 'USER_ID')
  .field('sid', bytes(16), 'SID')
  .field('reserved2', reserved(608), 'RESERVED2')

const slot = struct('csvSignatureSlot')
  .field('usage', u32le(USAGE), 'SIG_USAGE')
  .field('algorithm', u32le(ALGORITHM), 'SIG_ALGO')
  .field('r', bytes(NUMBER), 'SIG_R')
  .field('s', bytes(NUMBER), 'SIG_S')
  .field('reserved', reserved(368), 'RESERVED')

/** A certificate of a chip's or platform's key (CEK, PEK, OCA, PDH): 2084 bytes, of which the first 1044 are signed. The two slots are not. */
export const csvCertificate = struct('csvCertificate')
  .field('body', certificateBody, 'BODY')
  .field('first', slot, 'SIG1')
  .field('second', slot, 'SIG2')

/** The guest's policy. A set first bit forbids debugging. */
export const guestPolicy = bits('csvPolicy', 4, [
  { name: 'NODBG', from: 0 },
  { name: 'NOKS', from: 1 },
  { name: 'ES', from: 2 },
  { name: 'NOSEND', from: 3 },
  { name: 'DOMAIN', from: 4 },
  { name: 'CSV', from: 5 },
  { name: 'CSV3', from: 6 },
  { name: 'ASID_REUSE', from: 7 },
  { name: 'HSK_VERSION', from: 8, to: 11 },
  { name: 'CEK_VERSION', from: 12, to: 15 },
  { name: 'API_MAJOR', from: 16, to: 23 },
  { name: 'API_MINOR', from: 24, to: 31 },
])

const teeInfo = struct('csvTeeInfo')
  .field('userPubkeyDigest', bytes(32), 'USER_PUBKEY_DIGEST')
  .field('vmId', bytes(16), 'VM_ID')
  .field('vmVersion', bytes(16), 'VM_VERSION')
  .field('reportData', bytes(64), 'REPORT_DATA')
  .field('mnonce', bytes(16), 'MNONCE')
  .field('measure', bytes(32), 'MEASURE')
  .field('policy', guestPolicy, 'POLICY')

const signer = struct('csvReportSigner')
  .field('pek', csvCertificate, 'PEK_CERT')
  .field('chipId', bytes(64), 'CHIP_ID')
  .field('reserved', bytes(32), 'RESERVED')
  .field('mac', bytes(32), 'MAC')

/** A report of version 1 as it reads once the mask is taken off: 2548 bytes. The signature covers the first 180, still masked. */
export const reportV1 = struct('csvReportV1')
  .field('teeInfo', teeInfo, 'TEE_INFO')
  .field('usage', u32le(USAGE), 'SIG_USAGE')
  .field('algorithm', u32le(ALGORITHM), 'SIG_ALGO')
  .field('anonce', bytes(4), 'ANONCE')
  .field('r', bytes(NUMBER), 'SIG_R')
  .field('s', bytes(NUMBER), 'SIG_S')
  .field('signer', signer, 'SIGNER')

const teeInfoV2 = struct('csvTeeInfoV2')
  .field('userPubkeyDigest', bytes(32), 'USER_PUBKEY_DIGEST')
  .field('vmId', bytes(16), 'VM_ID')
  .field('vmVersion', bytes(16), 'VM_VERSION')
  .field('reportData', bytes(64), 'REPORT_DATA')
  .field('mnonce', bytes(16), 'MNONCE')
  .field('measure', bytes(32), 'MEASURE')
  .field('policy', guestPolicy, 'POLICY')
  .field('usage', u32le(USAGE), 'SIG_USAGE')
  .field('algorithm', u32le(ALGORITHM), 'SIG_ALGO')
  .field('build', u32le(), 'BUILD')
  .field('rtmrVersion', u16le(), 'RTMR_VERSION')
  .field('reserved0', reserved(14), 'RESERVED0')
  .field('rtmr0', bytes(32), 'RTMR0')
  .field('rtmr1', bytes(32), 'RTMR1')
  .field('rtmr2', bytes(32), 'RTMR2')
  .field('rtmr3', bytes(32), 'RTMR3')
  .field('rtmr4', bytes(32), 'RTMR4')
  .field('reserved1', reserved(656), 'RESERVED1')

/** A report of version 2 (CSV3, firmware from build 2337 on): 3380 bytes without a mask. The signature covers the first 1024. */
export const reportV2 = struct('csvReportV2')
  .field('teeInfo', teeInfoV2, 'TEE_INFO')
  .field('r', bytes(NUMBER), 'SIG_R')
  .field('s', bytes(NUMBER), 'SIG_S')
  .field('signer', signer, 'SIGNER')

const dcuHead = struct('dcuBody')
  .field('version', u32le(), 'VERSION')
  .field('chipId', bytes(16), 'CHIP_ID')
  .field('userData', bytes(64), 'USER_DATA')
  .field('measure', bytes(32), 'MEASURE')
  .field('reserved', reserved(128), 'RESERVED')
  .field('usage', u32le({ 0x1004: 'CEK (SIG_USAGE)', 4: 'SM2 signature (SIG_ALGO)' }), 'SIG_USAGE')
  .field('algorithm', u32le({ 0x1004: 'CEK (SIG_USAGE)', 4: 'SM2 signature (SIG_ALGO)' }), 'SIG_ALGO')

/** A report of a Hygon accelerator (DCU): 396 bytes, of which the first 252 are signed. Hygon's own tools write usage and algorithm in either order. */
export const dcuReport = struct('dcuReport')
  .field('body', dcuHead, 'BODY')
  .field('r', bytes(NUMBER), 'SIG_R')
  .field('s', bytes(NUMBER), 'SIG_S')

/** The driver's answer: a length, 28 bytes, the report. */
export const dcuResponse = struct('dcuResponse')
  .field('size', u32le(), 'SIZE')
  .field('reserved', reserved(28), 'RESERVED')
  .field('report', bytes(SIZE.dcu), 'REPORT')
