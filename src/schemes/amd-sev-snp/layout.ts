import { bits, bytes, mapped, reserved, struct, u16le, u32le, u8, type Layout } from '../../bytes/layout.ts'
import type { Located } from '../../core/place.ts'

/** The SEV-SNP attestation report, as the SEV-SNP firmware ABI specification (AMD 56860), section 7.3, lays it out. All numbers are little-endian. */

/** Security versions of the firmware components, as Milan and Genoa order them in eight bytes. */
export const tcbMilan = struct('snpTcb')
  .field('bootloader', u8(), 'BOOT_LOADER')
  .field('tee', u8(), 'TEE')
  .field('reserved', reserved(4), 'RESERVED')
  .field('snp', u8(), 'SNP')
  .field('microcode', u8(), 'MICROCODE')

/** The same eight bytes as Turin orders them: FMC comes first, so every component but the microcode stands elsewhere. */
export const tcbTurin = struct('snpTcbTurin')
  .field('fmc', u8(), 'FMC')
  .field('bootloader', u8(), 'BOOT_LOADER')
  .field('tee', u8(), 'TEE')
  .field('snp', u8(), 'SNP')
  .field('reserved', reserved(3), 'RESERVED')
  .field('microcode', u8(), 'MICROCODE')

/** One TCB_VERSION, whichever layout it was read with. */
export interface Tcb {
  readonly place: { readonly path: string; readonly ranges: readonly { readonly space: string; readonly start: number; readonly end: number }[] }
  /** Turin and later only. */
  readonly fmc: Located<number> | undefined
  readonly bootloader: Located<number>
  readonly tee: Located<number>
  readonly snp: Located<number>
  readonly microcode: Located<number>
  readonly reserved: Located<Uint8Array>
}

/** Which of the two orders the eight bytes of a TCB_VERSION are in. */
export type TcbLayout = 'milan' | 'turin'

const tcb = (layout: TcbLayout): Layout<Tcb> => (layout === 'milan'
  ? mapped(tcbMilan, (value): Tcb => ({ ...value, fmc: undefined, place: { path: value.$.path, ranges: [value.$.range] } }))
  : mapped(tcbTurin, (value): Tcb => ({ ...value, place: { path: value.$.path, ranges: [value.$.range] } })))

/** POLICY, section 4.3: what the owner of the guest allows. */
export const guestPolicy = bits('snpPolicy', 8, [
  { name: 'ABI_MINOR', from: 0, to: 7 },
  { name: 'ABI_MAJOR', from: 8, to: 15 },
  { name: 'SMT', from: 16 },
  { name: 'RESERVED_MBO', from: 17 },
  { name: 'MIGRATE_MA', from: 18 },
  { name: 'DEBUG', from: 19 },
  { name: 'SINGLE_SOCKET', from: 20 },
  { name: 'CXL_ALLOW', from: 21 },
  { name: 'MEM_AES_256_XTS', from: 22 },
  { name: 'RAPL_DIS', from: 23 },
  { name: 'CIPHERTEXT_HIDING_DRAM', from: 24 },
  { name: 'PAGE_SWAP_DISABLE', from: 25 },
])

/** PLATFORM_INFO: what the platform says about itself. Bits 6 and 7 are newer than most tools; both are set on real machines. */
export const platformInfo = bits('snpPlatformInfo', 8, [
  { name: 'SMT_EN', from: 0 },
  { name: 'TSME_EN', from: 1 },
  { name: 'ECC_EN', from: 2 },
  { name: 'RAPL_DIS', from: 3 },
  { name: 'CIPHERTEXT_HIDING_DRAM_EN', from: 4 },
  { name: 'ALIAS_CHECK_COMPLETE', from: 5 },
  { name: 'IOMMU_WRITE_SAFE', from: 6 },
  { name: 'TIO_EN', from: 7 },
])

/** Values of SIGNING_KEY. */
export const SIGNING_KEY: Readonly<Record<number, string>> = { 0: 'VCEK', 1: 'VLEK', 7: 'NONE' }

/** Which key signed, and whether an author key was given at launch. */
export const keyInfo = bits('snpKeyInfo', 4, [
  { name: 'AUTHOR_KEY_EN', from: 0 },
  { name: 'MASK_CHIP_KEY', from: 1 },
  { name: 'SIGNING_KEY', from: 2, to: 4, symbols: SIGNING_KEY },
])

/** Mitigation vectors: one bit for each mitigation, numbered per generation. AMD's own list of the bits was not at hand, so they keep their numbers. */
export const mitigationVector = bits('snpMitigation', 8, [
  { name: 'BIT0', from: 0 },
  { name: 'BIT1', from: 1 },
  { name: 'BIT2', from: 2 },
  { name: 'BIT3', from: 3 },
  { name: 'BIT4', from: 4 },
  { name: 'BIT5', from: 5 },
  { name: 'BIT6', from: 6 },
  { name: 'BIT7', from: 7 },
])

/** Report versions 3 and later say which processor made them. */
export const cpuid = struct('snpCpuid')
  .field('family', u8(), 'CPUID_FAM_ID')
  .field('model', u8(), 'CPUID_MOD_ID')
  .field('stepping', u8(), 'CPUID_STEP')
  .field('reserved', reserved(21), 'RESERVED')

/** Family, model and stepping, where the report has them. */
export interface Cpuid { readonly known: boolean; readonly family: Located<number> | undefined; readonly model: Located<number> | undefined; readonly stepping: Located<number> | undefined; readonly reserved: Located<Uint8Array> }

const cpuidOf = (isThere: boolean): Layout<Cpuid> => (isThere
  ? mapped(cpuid, (value): Cpuid => ({ known: true, family: value.family, model: value.model, stepping: value.stepping, reserved: value.reserved }))
  : mapped(reserved(24), (value): Cpuid => ({ known: false, family: undefined, model: undefined, stepping: undefined, reserved: value })))

/** Mitigation vectors at launch and now; reserved before version 5. */
export const mitigations = struct('snpMitigations')
  .field('launch', mitigationVector, 'LAUNCH_MIT_VECTOR')
  .field('current', mitigationVector, 'CURRENT_MIT_VECTOR')

/** The two vectors, where the report has them. */
export interface Mitigations { readonly known: boolean; readonly launch: Located<bigint> | undefined; readonly current: Located<bigint> | undefined; readonly reserved: Located<Uint8Array> | undefined }

const mitigationsOf = (isThere: boolean): Layout<Mitigations> => (isThere
  ? mapped(mitigations, (value): Mitigations => ({ known: true, launch: value.launch, current: value.current, reserved: undefined }))
  : mapped(reserved(16), (value): Mitigations => ({ known: false, launch: undefined, current: undefined, reserved: value })))

/** A firmware version; the three bytes stand in this order. */
const firmware = struct('snpFirmware')
  .field('build', u8(), 'BUILD')
  .field('minor', u8(), 'MINOR')
  .field('major', u8(), 'MAJOR')
  .field('reserved', reserved(1), 'RESERVED')

/** What differs between report versions and processor generations. */
export interface ReportShape { readonly hasCpuid: boolean; readonly hasMitigations: boolean; readonly tcb: TcbLayout }

/** The value of VMPL when the host asked for the report. */
export const VMPL_HOST = 0xffffffff

/** The signed part. */
export const reportBody = (shape: ReportShape) => struct('snpReportBody')
  .field('version', u32le(), 'VERSION')
  .field('guestSvn', u32le(), 'GUEST_SVN')
  .field('policy', guestPolicy, 'POLICY')
  .field('familyId', bytes(16), 'FAMILY_ID')
  .field('imageId', bytes(16), 'IMAGE_ID')
  .field('vmpl', u32le({ [VMPL_HOST]: 'HOST' }), 'VMPL')
  .field('signatureAlgo', u32le({ 1: 'ECDSA P-384 with SHA-384' }), 'SIGNATURE_ALGO')
  .field('currentTcb', tcb(shape.tcb), 'CURRENT_TCB')
  .field('platformInfo', platformInfo, 'PLATFORM_INFO')
  .field('keyInfo', keyInfo, 'KEY_INFO')
  .field('reserved1', reserved(4), 'RESERVED')
  .field('reportData', bytes(64), 'REPORT_DATA')
  .field('measurement', bytes(48), 'MEASUREMENT')
  .field('hostData', bytes(32), 'HOST_DATA')
  .field('idKeyDigest', bytes(48), 'ID_KEY_DIGEST')
  .field('authorKeyDigest', bytes(48), 'AUTHOR_KEY_DIGEST')
  .field('reportId', bytes(32), 'REPORT_ID')
  .field('reportIdMa', bytes(32), 'REPORT_ID_MA')
  .field('reportedTcb', tcb(shape.tcb), 'REPORTED_TCB')
  .field('cpuid', cpuidOf(shape.hasCpuid), shape.hasCpuid ? 'CPUID' : 'RESERVED')
  .field('chipId', bytes(64), 'CHIP_ID')
  .field('committedTcb', tcb(shape.tcb), 'COMMITTED_TCB')
  .field('currentVersion', firmware, 'CURRENT_VERSION')
  .field('committedVersion', firmware, 'COMMITTED_VERSION')
  .field('launchTcb', tcb(shape.tcb), 'LAUNCH_TCB')
  .field('mitigations', mitigationsOf(shape.hasMitigations), shape.hasMitigations ? 'MIT_VECTORS' : 'RESERVED')
  .field('reserved2', reserved(152), 'RESERVED')

/** ECDSA signature: both numbers little-endian in 72 bytes, of which a P-384 number fills 48. */
export const reportSignature = struct('snpSignature')
  .field('r', bytes(48), 'R')
  .field('rUpper', reserved(24), 'R (upper bytes)')
  .field('s', bytes(48), 'S')
  .field('sUpper', reserved(24), 'S (upper bytes)')
  .field('reserved', reserved(368), 'RESERVED')

/** The whole report: 1184 bytes in every version so far. */
const reportOf = (shape: ReportShape) => struct('snpReport')
  .field('body', reportBody(shape), 'ATTESTATION_REPORT')
  .field('signature', reportSignature, 'SIGNATURE')

const reports = new Map<string, ReturnType<typeof reportOf>>()

/** A report of one shape. There are few shapes, and a fleet of reports has one. */
export function report(shape: ReportShape): ReturnType<typeof reportOf> {
  const key = `${shape.tcb} ${shape.hasCpuid} ${shape.hasMitigations}`
  const known = reports.get(key) ?? reportOf(shape)
  reports.set(key, known)
  return known
}

/** Just enough to choose how to read the rest. */
export const reportHead = struct('snpReportHead')
  .field('version', u32le(), 'VERSION')

/** One entry of the certificate table that follows a report in an extended report: section 8.17, "GHCB SNP extended guest request". */
export const tableEntry = struct('snpTableEntry')
  .field('guid', bytes(16), 'GUID')
  .field('offset', u32le(), 'OFFSET')
  .field('length', u32le(), 'LENGTH')

/** ID block, section 8.18: what the owner says the guest must be. */
export const idBlock = struct('snpIdBlock')
  .field('launchDigest', bytes(48), 'LD')
  .field('familyId', bytes(16), 'FAMILY_ID')
  .field('imageId', bytes(16), 'IMAGE_ID')
  .field('version', u32le(), 'VERSION')
  .field('guestSvn', u32le(), 'GUEST_SVN')
  .field('policy', guestPolicy, 'POLICY')

const idKey = struct('snpIdKey')
  .field('curve', u32le({ 2: 'P-384' }), 'CURVE')
  .field('qx', bytes(72), 'QX')
  .field('qy', bytes(72), 'QY')
  .field('reserved', reserved(880), 'RESERVED')

/** ID authentication information, section 8.18: the owner's signatures over the ID block and the ID key. */
export const idAuth = struct('snpIdAuth')
  .field('idKeyAlgorithm', u32le({ 1: 'ECDSA P-384 with SHA-384' }), 'ID_KEY_ALGO')
  .field('authorKeyAlgorithm', u32le({ 1: 'ECDSA P-384 with SHA-384' }), 'AUTH_KEY_ALGO')
  .field('reserved1', reserved(56), 'RESERVED')
  .field('idBlockSignature', reportSignature, 'ID_BLOCK_SIG')
  .field('idKey', idKey, 'ID_KEY')
  .field('reserved2', reserved(60), 'RESERVED')
  .field('idKeySignature', reportSignature, 'ID_KEY_SIG')
  .field('authorKey', idKey, 'AUTHOR_KEY')
  .field('reserved3', reserved(892), 'RESERVED')

/** What stands before a report in the firmware's answer to MSG_REPORT_REQ, as the kernel hands it on. */
export const responseHead = struct('snpResponseHead')
  .field('status', u32le(), 'STATUS')
  .field('size', u32le(), 'REPORT_SIZE')
  .field('reserved', reserved(24), 'RESERVED')

/** Number that opens a dstack attestation envelope, and the length of the report in it, as SCALE writes them. */
export const scaleHead = struct('snpScaleHead')
  .field('version', u8(), 'version')
  .field('variant', u8(), 'variant')
  .field('length', u16le(), 'length')
