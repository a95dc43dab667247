import { array, ascii, bytes, mapped, reserved, rest, struct, u32le, u64le, u8, type Bytes, type Layout } from '../../bytes/layout.ts'

/** What an Azure confidential VM keeps at NV index 0x01400001 of its vTPM: a hardware report, and the data whose digest is in its user data. Little-endian. */

/** Kinds of hardware report. */
export const REPORT_TYPE: Readonly<Record<number, string>> = { 2: 'SNP', 4: 'TDX' }
export const SNP_REPORT = 2
export const TDX_REPORT = 4
export const HASH_TYPE: Readonly<Record<number, string>> = { 1: 'SHA-256', 2: 'SHA-384', 3: 'SHA-512' }

/** The four letters at the start. */
export const MAGIC = 'HCLA'

const header = struct('hclHeader')
  .field('signature', ascii(4), 'signature')
  .field('version', u32le(), 'version')
  .field('reportSize', u32le(), 'report_size')
  .field('requestType', u32le(), 'request_type')
  .field('status', u32le(), 'status')
  .field('reserved', reserved(12), 'reserved')

const runtimeHeader = struct('hclRuntimeHeader')
  .field('dataSize', u32le(), 'data_size')
  .field('version', u32le(), 'version')
  .field('reportType', u32le(REPORT_TYPE), 'report_type')
  .field('hashType', u32le(HASH_TYPE), 'report_data_hash_type')
  .field('variableDataSize', u32le(), 'variable_data_size')

/** Room for the hardware report, whichever it is. */
export const HARDWARE_SIZE = 1184

const hcl = <T>(hardware: Layout<T>) => struct('hclReport')
  .field('header', header, 'header')
  .field('hardwareReport', hardware, 'hw_report')
  .field('runtime', runtimeHeader, 'runtime_claims_header')
  .field('runtimeData', (q) => bytes(q.runtime.variableDataSize.value), 'runtime_data')
  .field('padding', rest(), 'padding')

/** An HCL report with an SNP report inside, which is opened on its own. */
export const hclReport = hcl(bytes(HARDWARE_SIZE))

/** TD attributes, registers and measurements: "Intel TDX Module ABI", TDINFO_STRUCT. */
const tdInfo = struct('hclTdInfo')
  .field('attributes', bytes(8), 'ATTRIBUTES')
  .field('xfam', bytes(8), 'XFAM')
  .field('mrTd', bytes(48), 'MRTD')
  .field('mrConfigId', bytes(48), 'MRCONFIGID')
  .field('mrOwner', bytes(48), 'MROWNER')
  .field('mrOwnerConfig', bytes(48), 'MROWNERCONFIG')
  .field('rtmr0', bytes(48), 'RTMR0')
  .field('rtmr1', bytes(48), 'RTMR1')
  .field('rtmr2', bytes(48), 'RTMR2')
  .field('rtmr3', bytes(48), 'RTMR3')
  .field('servTdHash', bytes(48), 'SERVTD_HASH')
  .field('reserved', bytes(64), 'RESERVED')

/** REPORTMACSTRUCT: what the MAC covers. Only the processor that made it can check the MAC. */
const macStruct = struct('hclReportMac')
  .field('type', u8({ 0x81: 'TDX' }), 'TYPE')
  .field('subtype', u8(), 'SUBTYPE')
  .field('version', u8(), 'VERSION')
  .field('reserved1', reserved(13), 'RESERVED')
  .field('cpuSvn', bytes(16), 'CPUSVN')
  .field('teeTcbInfoHash', bytes(48), 'TEE_TCB_INFO_HASH')
  .field('teeInfoHash', bytes(48), 'TEE_INFO_HASH')
  .field('reportData', bytes(64), 'REPORTDATA')
  .field('reserved2', reserved(32), 'RESERVED')
  .field('mac', bytes(32), 'MAC')

/** A TDREPORT in the room for the hardware report, padded. */
export const tdReport = struct('hclTdReport')
  .field('macStruct', macStruct, 'REPORTMACSTRUCT')
  .field('teeTcbInfo', bytes(239), 'TEE_TCB_INFO')
  .field('reserved', reserved(17), 'RESERVED')
  .field('tdInfo', tdInfo, 'TDINFO_STRUCT')
  .field('padding', reserved(160), 'padding')

/** An HCL report with a TDREPORT inside. */
export const hclTdReport = hcl(tdReport)

/** What stands behind the hardware report, kept without it. */
export const requestData = struct('hclRequestData')
  .field('runtime', runtimeHeader, 'runtime_claims_header')
  .field('runtimeData', (q) => bytes(q.runtime.variableDataSize.value), 'runtime_data')
  .field('padding', rest(), 'padding')

/** Just the four letters, for telling what it is. */
export const hclHead = struct('hclHead').field('signature', ascii(4), 'signature')

const sizedBytes = struct('bincodeBytes')
  .field('length', u64le(), 'length')
  .field('bytes', (q) => bytes(Number(q.length.value > 0xffffffn ? 0xffffffn : q.length.value)), 'bytes')

/** Most PCRs of one bank. */
const PCRS = 24

/** A quote as the Rust crate for Azure's vTPM writes it in binary: signature, message, and the values of the PCRs. */
export const bincodeQuote = struct('bincodeQuote')
  .field('signature', sizedBytes, 'signature')
  .field('message', sizedBytes, 'message')
  .field('count', u64le(), 'pcrs')
  .field('pcrs', (q) => pcrs(Number(q.count.value > BigInt(PCRS) ? 0n : q.count.value)), 'pcrs')

const pcrs = (count: number): Layout<{ readonly all: readonly Bytes[] }> => mapped(array(count, bytes(32)), (value) => ({ all: value.items }))
