import { bits, bytes, mapped, reserved, struct, u16le, u8, type Bytes, type Layout, type Struct } from '../../bytes/layout.ts'
import { bytesOf } from '../../core/place.ts'

/** The value that a layout reads. */
export type ValueOf<L> = L extends Layout<infer T> ? T : never

/** A struct seen as one byte string: the tree shows its fields, checks compare the whole. */
export function asBytes<F>(layout: Layout<Struct<F>>): Layout<Bytes> {
  return mapped(layout, (value) => ({ path: value.$.path, ranges: [value.$.range], value: bytesOf(value.$.slice), slice: value.$.slice }))
}

// Intel SDM volume 3D, "ATTRIBUTES" (SECS and REPORT)
/** ATTRIBUTES of an enclave: what it may do and how it was started. */
export const sgxAttributes = bits('sgxAttributes', 8, [
  { name: 'INIT', from: 0 }, { name: 'DEBUG', from: 1 }, { name: 'MODE64BIT', from: 2 }, { name: 'PROVISIONKEY', from: 4 },
  { name: 'EINITTOKENKEY', from: 5 }, { name: 'CETATTR', from: 6 }, { name: 'KSS', from: 7 }, { name: 'AEXNOTIFY', from: 10 },
])

// Intel SDM volume 1, "XSAVE-managed features"; XFRM (SGX) and XFAM (TDX) follow the bits of XCR0 | IA32_XSS
const xstateBits = [
  { name: 'X87', from: 0 }, { name: 'SSE', from: 1 }, { name: 'AVX', from: 2 }, { name: 'BNDREGS', from: 3 }, { name: 'BNDCSR', from: 4 },
  { name: 'OPMASK', from: 5 }, { name: 'ZMM_Hi256', from: 6 }, { name: 'Hi16_ZMM', from: 7 }, { name: 'PT', from: 8 }, { name: 'PKRU', from: 9 },
  { name: 'PASID', from: 10 }, { name: 'CET_U', from: 11 }, { name: 'CET_S', from: 12 }, { name: 'HDC', from: 13 }, { name: 'UINTR', from: 14 },
  { name: 'LBR', from: 15 }, { name: 'HWP', from: 16 }, { name: 'XTILECFG', from: 17 }, { name: 'XTILEDATA', from: 18 }, { name: 'APX', from: 19 },
] as const

/** XFRM: the processor state components that the enclave saves. */
export const xfrm = bits('xstate', 8, xstateBits)
/** XFAM: the processor state components that the TD may use. */
export const xfam = bits('xstate', 8, xstateBits)

/** MISCSELECT: what else is saved when the enclave is left by an exception. */
export const miscSelect = bits('miscSelect', 4, [{ name: 'EXINFO', from: 0 }, { name: 'CPINFO', from: 1 }])

// Intel TDX module ABI specification, "ATTRIBUTES"
/** TDATTRIBUTES: byte 0 holds what makes a TD untrusted (TUD), bytes 1-3 security (SEC), bytes 4-7 other. */
export const tdAttributes = bits('tdAttributes', 8, [
  { name: 'DEBUG', from: 0 }, { name: 'HGS_PLUS_PROF', from: 4 }, { name: 'PERF_PROF', from: 5 }, { name: 'PMT_PROF', from: 6 },
  { name: 'ICSSD', from: 16 }, { name: 'LASS', from: 27 }, { name: 'SEPT_VE_DISABLE', from: 28 }, { name: 'MIGRATABLE', from: 29 },
  { name: 'PKS', from: 30 }, { name: 'KL', from: 31 }, { name: 'TPA', from: 62 }, { name: 'PERFMON', from: 63 },
])

/** SEAMATTRIBUTES: no bit is defined, all must be zero. */
export const seamAttributes = bits('seamAttributes', 8, [])

// Intel SDM volume 3D, "REPORT"; the fields for key separation and sharing (KSS) as in sgx_report.h
/** Body of an enclave's report, 384 bytes. */
export const enclaveReport = struct('enclaveReport')
  .field('cpuSvn', bytes(16), 'CPUSVN')
  .field('miscSelect', miscSelect, 'MISCSELECT')
  .field('reserved1', reserved(12), 'reserved')
  .field('isvExtProdId', bytes(16), 'ISVEXTPRODID')
  .field('attributes', sgxAttributes, 'ATTRIBUTES')
  .field('xfrm', xfrm, 'XFRM')
  .field('mrEnclave', bytes(32), 'MRENCLAVE')
  .field('reserved2', reserved(32), 'reserved')
  .field('mrSigner', bytes(32), 'MRSIGNER')
  .field('reserved3', reserved(32), 'reserved')
  .field('configId', bytes(64), 'CONFIGID')
  .field('isvProdId', u16le(), 'ISVPRODID')
  .field('isvSvn', u16le(), 'ISVSVN')
  .field('configSvn', u16le(), 'CONFIGSVN')
  .field('reserved4', reserved(42), 'reserved')
  .field('isvFamilyId', bytes(16), 'ISVFAMILYID')
  .field('reportData', bytes(64), 'REPORTDATA')

/** TEE_TCB_SVN by component, 16 bytes. Names as in the TDX levels of Intel's TCB info. */
export const teeTcbSvn = asBytes(
  struct('teeTcbSvn')
    .field('tdxModuleSvn', u8(), '[0] TDX Module')
    .field('tdxModuleMajor', u8(), '[1] TDX Module')
    .field('lateMicrocode', u8(), '[2] TDX Late Microcode Update')
    .field('component3', u8(), '[3]').field('component4', u8(), '[4]').field('component5', u8(), '[5]').field('component6', u8(), '[6]')
    .field('component7', u8(), '[7]').field('component8', u8(), '[8]').field('component9', u8(), '[9]').field('component10', u8(), '[10]')
    .field('component11', u8(), '[11]').field('component12', u8(), '[12]').field('component13', u8(), '[13]').field('component14', u8(), '[14]')
    .field('component15', u8(), '[15]'),
)

// Intel TDX DCAP quote library, "TD Quote Body"
/** Body of a TD's report, version 1.0, 584 bytes. */
export const tdReport10 = struct('tdReport')
  .field('teeTcbSvn', teeTcbSvn, 'TEE_TCB_SVN')
  .field('mrSeam', bytes(48), 'MRSEAM')
  .field('mrSignerSeam', bytes(48), 'MRSIGNERSEAM')
  .field('seamAttributes', seamAttributes, 'SEAMATTRIBUTES')
  .field('tdAttributes', tdAttributes, 'TDATTRIBUTES')
  .field('xfam', xfam, 'XFAM')
  .field('mrTd', bytes(48), 'MRTD')
  .field('mrConfigId', bytes(48), 'MRCONFIGID')
  .field('mrOwner', bytes(48), 'MROWNER')
  .field('mrOwnerConfig', bytes(48), 'MROWNERCONFIG')
  .field('rtmr0', bytes(48), 'RTMR0')
  .field('rtmr1', bytes(48), 'RTMR1')
  .field('rtmr2', bytes(48), 'RTMR2')
  .field('rtmr3', bytes(48), 'RTMR3')
  .field('reportData', bytes(64), 'REPORTDATA')

/** Body of a TD's report, version 1.5, 648 bytes. */
export const tdReport15 = tdReport10
  .field('teeTcbSvn2', teeTcbSvn, 'TEE_TCB_SVN_2')
  .field('mrServiceTd', bytes(48), 'MRSERVICETD')

/** Body of a TD's report, version 1.5 extended, 885 bytes. */
export const tdReport15ex = tdReport15
  .field('vmId', u8(), 'VM_ID')
  .field('tdId', bytes(32), 'TD_ID')
  .field('devInfo', bytes(48), 'DEVINFO')
  .field('initServTdHash', bytes(48), 'INIT_SERVTD_HASH')
  .field('initServTdAttributes', bytes(8), 'INIT_SERVTD_ATTR')
  .field('initCpuSvn', bytes(16), 'INIT_CPUSVN')
  .field('initTeeTcbSvn', teeTcbSvn, 'INIT_TEE_TCB_SVN')
  .field('initTeeFmspc', bytes(12), 'INIT_TEE_FMSPC')
  .field('curServTdHash', bytes(48), 'CUR_SERVTD_HASH')
  .field('curServTdAttributes', bytes(8), 'CUR_SERVTD_ATTR')

export type EnclaveReport = ValueOf<typeof enclaveReport>
export type TdReport10 = ValueOf<typeof tdReport10>
export type TdReport15 = ValueOf<typeof tdReport15>
export type TdReport15ex = ValueOf<typeof tdReport15ex>
