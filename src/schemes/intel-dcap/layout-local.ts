import { bits, bytes, reserved, struct, u16le, u32le, u8 } from '../../bytes/layout.ts'
import { enclaveReport, seamAttributes, tdAttributes, teeTcbSvn, xfam } from './layout-report.ts'

// Intel SDM volume 3D, "REPORT": body, then what only the same machine can check
/** REPORT of an enclave, 432 bytes. */
export const sgxReport = struct('sgxReport')
  .field('body', enclaveReport, 'report body')
  .field('keyId', bytes(32), 'KEYID')
  .field('mac', bytes(16), 'MAC')

// Intel TDX module ABI specification, "REPORTTYPE"
const reportType = struct('reportType')
  .field('type', u8({ 0x00: 'SGX', 0x81: 'TDX' }), 'TYPE')
  .field('subtype', u8(), 'SUBTYPE')
  .field('version', u8({ 0: 'no service TD', 1: 'service TD bound' }), 'VERSION')
  .field('reserved', reserved(1))

// "REPORTMACSTRUCT", 256 bytes
/** First part of a TDREPORT: what the MAC covers. */
export const reportMac = struct('reportMac')
  .field('reportType', reportType, 'REPORTTYPE')
  .field('reserved1', reserved(12), 'reserved')
  .field('cpuSvn', bytes(16), 'CPUSVN')
  .field('teeTcbInfoHash', bytes(48), 'TEE_TCB_INFO_HASH')
  .field('teeInfoHash', bytes(48), 'TEE_INFO_HASH')
  .field('reportData', bytes(64), 'REPORTDATA')
  .field('reserved2', reserved(32), 'reserved')
  .field('mac', bytes(32), 'MAC')

/** VALID: bit i stands for the eight bytes at 8 · i of TEE_TCB_INFO, so each field has a run of bits. */
const validBits = bits('teeTcbValid', 8, [
  { name: 'VALID', from: 0 }, { name: 'TEE_TCB_SVN', from: 1, to: 2 }, { name: 'MRSEAM', from: 3, to: 8 }, { name: 'MRSIGNERSEAM', from: 9, to: 14 }, { name: 'ATTRIBUTES', from: 15 }, { name: 'TEE_TCB_SVN2', from: 16, to: 17 },
])

// "TEE_TCB_INFO", 239 bytes
/** Second part: the TDX module. */
export const teeTcbInfo = struct('teeTcbInfo')
  .field('valid', validBits, 'VALID')
  .field('teeTcbSvn', teeTcbSvn, 'TEE_TCB_SVN')
  .field('mrSeam', bytes(48), 'MRSEAM')
  .field('mrSignerSeam', bytes(48), 'MRSIGNERSEAM')
  .field('seamAttributes', seamAttributes, 'ATTRIBUTES')
  .field('teeTcbSvn2', teeTcbSvn, 'TEE_TCB_SVN2')
  .field('reserved', reserved(95))

// "TDINFO_STRUCT", 512 bytes
/** Third part: the TD itself. */
export const tdInfo = struct('tdInfo')
  .field('tdAttributes', tdAttributes, 'ATTRIBUTES')
  .field('xfam', xfam, 'XFAM')
  .field('mrTd', bytes(48), 'MRTD')
  .field('mrConfigId', bytes(48), 'MRCONFIGID')
  .field('mrOwner', bytes(48), 'MROWNER')
  .field('mrOwnerConfig', bytes(48), 'MROWNERCONFIG')
  .field('rtmr0', bytes(48), 'RTMR0')
  .field('rtmr1', bytes(48), 'RTMR1')
  .field('rtmr2', bytes(48), 'RTMR2')
  .field('rtmr3', bytes(48), 'RTMR3')
  .field('servTdHash', bytes(48), 'SERVTD_HASH')
  .field('reserved', reserved(64))

/** TDREPORT, 1024 bytes. */
export const tdReportRaw = struct('tdReportRaw')
  .field('mac', reportMac, 'REPORTMACSTRUCT')
  .field('teeTcbInfo', teeTcbInfo, 'TEE_TCB_INFO')
  .field('reserved', reserved(17))
  .field('tdInfo', tdInfo, 'TDINFO')

// Intel SGX SDK, sgx_quote.h
/** EPID quote without its signature, 432 bytes: also what an attestation report of Intel's old service holds. */
export const epidQuote = struct('epidQuote')
  .field('version', u16le())
  .field('signType', u16le({ 0: 'unlinkable', 1: 'linkable' }), 'SIGN_TYPE')
  .field('epidGroupId', bytes(4), 'EPID_GROUP_ID')
  .field('qeSvn', u16le(), 'QE_SVN')
  .field('pceSvn', u16le(), 'PCE_SVN')
  .field('xeid', u32le(), 'XEID')
  .field('basename', bytes(32), 'BASENAME')
  .field('body', enclaveReport, 'report body')
