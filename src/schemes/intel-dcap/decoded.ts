import type { Bytes } from '../../bytes/layout.ts'
import type { Problem } from '../../core/field.ts'
import type { ByteRange, Located, Slice } from '../../core/place.ts'
import type { Saying } from '../../core/saying.ts'
import type { Certificate } from '../../pki/types.ts'
import type { BodyDescriptor, QuoteHeader } from './layout-quote.ts'
import type { EnclaveReport, TdReport10, TdReport15, TdReport15ex } from './layout-report.ts'

/** Ids of every format of this scheme. */
export const FORMATS = {
  sgxQuote: 'intel.sgx-quote',
  tdxQuote: 'intel.tdx-quote',
  headless: 'intel.quote-without-head',
  epidQuote: 'intel.epid-quote',
  sgxReport: 'intel.sgx-report',
  tdReport: 'intel.tdreport',
  tcbInfo: 'intel.tcb-info',
  enclaveIdentity: 'intel.qe-identity',
  evaluationNumbers: 'intel.tcb-evaluation-numbers',
  bundle: 'intel.collateral-bundle',
  oeEndorsements: 'intel.oe-endorsements',
  oeEvidence: 'intel.oe-evidence',
  carrier: 'intel.evidence-certificate',
} as const

/** What the quote states, by kind. `slice` is exactly the body. */
export type QuoteBody =
  | { readonly kind: 'sgx'; readonly report: EnclaveReport; readonly slice: Slice }
  | { readonly kind: 'td10'; readonly report: TdReport10; readonly slice: Slice }
  | { readonly kind: 'td15'; readonly report: TdReport15; readonly slice: Slice }
  | { readonly kind: 'td15ex'; readonly report: TdReport15ex; readonly slice: Slice }

/** Certification data types 1 to 3: names the platform instead of certifying it. `ppid` is encrypted for types 2 and 3. */
export interface PlatformIdentification {
  readonly ppid: Bytes
  readonly cpuSvn: Bytes | undefined
  readonly pceSvn: Located<number> | undefined
  /** As in the PCK extension: two bytes. */
  readonly pceId: Bytes | undefined
}

/** One certification data block: type, claimed size and the bytes that are there. */
export interface CertificationData {
  readonly type: Located<number>
  readonly size: Located<number>
  readonly data: Slice
}

/**
 * A DCAP quote of version 3, 4 or 5. Every part is undefined when the bytes end before it or when its kind is unknown;
 * parts that are there are whole. Paths: `header.version`, `bodyDescriptor.type`, `body.mrTd`, `signatureData.signature`, `qeReport.mrSigner` … as on the located values.
 */
export interface Quote {
  readonly slice: Slice
  /** As in the header, whatever the number. */
  readonly version: number | undefined
  readonly tee: 'sgx' | 'tdx' | undefined
  readonly header: QuoteHeader | undefined
  readonly headerSlice: Slice | undefined
  /** Version 5 only. */
  readonly bodyDescriptor: BodyDescriptor | undefined
  readonly body: QuoteBody | undefined
  /** Header, descriptor (version 5) and body, as they lie: what the quote signature covers. */
  readonly signedBytes: Slice | undefined
  /** Claimed length of the signature data. */
  readonly signatureLength: Located<number> | undefined
  /** r ‖ s, big-endian: 64 bytes for key type 2, 96 for key type 3. */
  readonly signature: Bytes | undefined
  /** x ‖ y, big-endian: 64 or 96 bytes. */
  readonly attestationKey: Bytes | undefined
  readonly qeReport: EnclaveReport | undefined
  readonly qeReportSlice: Slice | undefined
  /** r ‖ s by the PCK key, 64 bytes. */
  readonly qeReportSignature: Bytes | undefined
  readonly qeAuthData: Bytes | undefined
  /** Type written outermost: 1–5 in version 3, 6 in versions 4 and 5. */
  readonly outerCertification: CertificationData | undefined
  /** The innermost one: the same as `outerCertification` in version 3. */
  readonly certification: CertificationData | undefined
  /** Types 1–3. */
  readonly platform: PlatformIdentification | undefined
  /** Types 4 and 5: in the order of the file, which means nothing. Only those that read as certificates. */
  readonly certificates: readonly Certificate[]
  /** Path of each of them in the tree, for cites. */
  readonly certificatePaths: readonly string[]
  /** Bytes of the PEM text. */
  readonly chainSlice: Slice | undefined
  /** Type 7, or type 5 followed by one. */
  readonly manifest: Slice | undefined
  /** Bytes after the signature data; empty when there are none. */
  readonly trailing: Slice
  readonly problems: readonly Problem[]
  /** First thing that makes the structure not a quote of its version: `quote.version`, `quote.length`, `quote.truncated`, `quote.tee-type`, `quote.body-type`, `quote.key-type`, `quote.certification-type` … The specification would refuse it. */
  readonly malformed: Saying | undefined
  /** Where `malformed` is. */
  readonly malformedAt: ByteRange | undefined
}

/** Intel's words for a TCB level. */
export const TCB_STATUSES = [
  'UpToDate',
  'SWHardeningNeeded',
  'ConfigurationNeeded',
  'ConfigurationAndSWHardeningNeeded',
  'OutOfDate',
  'OutOfDateConfigurationNeeded',
  'Revoked',
] as const
export type TcbStatus = (typeof TCB_STATUSES)[number]

/** A level of a TCB info. Arrays are as long as the file says: 16 when `formatFaults` is empty. A number that cannot be read is Infinity, so it is never met. */
export interface PlatformLevel {
  readonly index: number
  readonly sgx: readonly number[]
  readonly tdx: readonly number[] | undefined
  readonly pceSvn: number
  /** Intel's word as written, even when unknown. */
  readonly status: string
  readonly date: string
  /** Milliseconds; undefined when the date is not exactly `YYYY-MM-DDThh:mm:ssZ`. */
  readonly dateMs: number | undefined
  readonly advisories: readonly string[]
  readonly path: string
  readonly range: ByteRange
}

/** A level of an enclave or TDX module identity. */
export interface SvnLevel {
  readonly index: number
  readonly isvSvn: number
  readonly status: string
  readonly date: string
  readonly dateMs: number | undefined
  readonly advisories: readonly string[]
  readonly path: string
  readonly range: ByteRange
}

/** `tdxModule` and each of `tdxModuleIdentities`. */
export interface TdxModule {
  /** `TDX_03`, as written; '' for `tdxModule`. */
  readonly id: string
  readonly mrSigner: Uint8Array | undefined
  readonly attributes: Uint8Array | undefined
  readonly attributesMask: Uint8Array | undefined
  readonly levels: readonly SvnLevel[]
  readonly path: string
  readonly range: ByteRange
}

/** Something in collateral that its format forbids. */
export interface FormatFault {
  readonly because: Saying
  readonly path: string
  readonly range: ByteRange
}

/** What TCB info, identities and evaluation numbers have in common: a signed JSON value. */
export interface SignedCollateral {
  readonly slice: Slice
  /** Exact bytes of the signed member's value. Undefined when there is none. */
  readonly body: Slice | undefined
  /** Path of that value: `tcbInfo`, or '' when the object stands alone. */
  readonly bodyPath: string
  /** The same value without white space and with the fewest escapes, members in order: what a library that re-serialises checks. Undefined when `body` is already that. Made when it is asked for. */
  readonly compact: () => Uint8Array | undefined
  /** r ‖ s, 64 bytes when well-formed. From the file, or from what its container said. */
  readonly signature: Uint8Array | undefined
  /** Range of the signature text, when it stands in the file. */
  readonly signatureRange: ByteRange | undefined
  /** PEM of the issuer chain, when the container gave one. Certificates dropped beside it are other items of the case. */
  readonly issuerChain: string | undefined
  /** Not whole: wrong number of components, SVN out of range, unknown status (`tcb.status-unknown`), duplicate key (`json.duplicate-key`), two equal levels, a date in another form … Intel's library refuses such a file. */
  readonly formatFaults: readonly FormatFault[]
}

/** A TCB info, version 2 or 3. */
export interface TcbInfo extends SignedCollateral {
  readonly version: number | undefined
  /** `SGX` or `TDX`; undefined in version 2, which has none. */
  readonly id: string | undefined
  readonly issueDate: string | undefined
  readonly issueDateMs: number | undefined
  readonly nextUpdate: string | undefined
  readonly nextUpdateMs: number | undefined
  /** Lower-case hex, 12 digits when well-formed. */
  readonly fmspc: string | undefined
  /** Lower-case hex, 4 digits when well-formed. */
  readonly pceId: string | undefined
  readonly tcbType: number | undefined
  readonly evaluationNumber: number | undefined
  readonly tdxModule: TdxModule | undefined
  /** Undefined when the member is missing. */
  readonly tdxModuleIdentities: readonly TdxModule[] | undefined
  /** In file order. */
  readonly levels: readonly PlatformLevel[]
  /** Name of each SGX component as the first level gives it; '' where it has none. */
  readonly sgxComponentNames: readonly string[]
  readonly tdxComponentNames: readonly string[]
  /** How each component is updated, as the first level says: `BIOS` or `OS/VMM`; '' where it does not. */
  readonly sgxComponentCategories: readonly string[]
  readonly tdxComponentCategories: readonly string[]
}

/** Identity of a quoting or verifying enclave, version 2. */
export interface EnclaveIdentity extends SignedCollateral {
  /** `QE`, `TD_QE`, `QVE`, `QAE`. */
  readonly id: string | undefined
  readonly version: number | undefined
  readonly issueDate: string | undefined
  readonly issueDateMs: number | undefined
  readonly nextUpdate: string | undefined
  readonly nextUpdateMs: number | undefined
  readonly evaluationNumber: number | undefined
  /** Four bytes, big-endian as written (`miscselect` hex text is a number). */
  readonly miscSelect: Uint8Array | undefined
  readonly miscSelectMask: Uint8Array | undefined
  readonly attributes: Uint8Array | undefined
  readonly attributesMask: Uint8Array | undefined
  readonly mrSigner: Uint8Array | undefined
  readonly isvProdId: number | undefined
  readonly levels: readonly SvnLevel[]
}

/** The list of TCB evaluation data numbers that Intel publishes. */
export interface EvaluationNumbers extends SignedCollateral {
  readonly id: string | undefined
  readonly version: number | undefined
  readonly issueDateMs: number | undefined
  readonly nextUpdateMs: number | undefined
  readonly entries: readonly {
    readonly number: number
    readonly recoveryDate: string
    readonly tcbDate: string
    readonly path: string
    readonly range: ByteRange
  }[]
}

/** The SGX extensions of a PCK certificate (1.2.840.113741.1.13.1). Read with `readPckExtensions(certificate, path of its node)`. */
export interface PckExtensions {
  readonly range: ByteRange
  readonly ppid: Located<Uint8Array> | undefined
  /** Components 1–16 in order; -1 where one is missing. */
  readonly components: readonly number[]
  readonly componentRanges: readonly (ByteRange | undefined)[]
  readonly pceSvn: Located<number> | undefined
  readonly cpuSvn: Located<Uint8Array> | undefined
  readonly pceId: Located<Uint8Array> | undefined
  readonly fmspc: Located<Uint8Array> | undefined
  /** 0 standard, 1 scalable, 2 scalable with integrity. */
  readonly sgxType: Located<number> | undefined
  /** PCK of a multi-package platform (Platform CA) only. */
  readonly platformInstanceId: Located<Uint8Array> | undefined
  readonly configuration:
    | {
        readonly dynamicPlatform: Located<boolean> | undefined
        readonly cachedKeys: Located<boolean> | undefined
        readonly smtEnabled: Located<boolean> | undefined
      }
    | undefined
  /** `pck.missing`, `pck.malformed`, `pck.duplicate` … */
  readonly faults: readonly Problem[]
  /** Entries that Intel does not publish, and bytes behind the list: `pck.unknown-entry`. */
  readonly unknown: readonly Problem[]
}

/** A raw TDREPORT: MAC-only, for the same machine. */
export interface RawTdReport {
  readonly slice: Slice
  readonly cpuSvn: Bytes | undefined
  /** SHA-384 that must equal the digest of `teeTcbInfo`. */
  readonly teeTcbInfoHash: Bytes | undefined
  /** SHA-384 that must equal the digest of `tdInfo`. */
  readonly tdInfoHash: Bytes | undefined
  readonly reportData: Bytes | undefined
  readonly mac: Bytes | undefined
  /** 239 bytes that are hashed. */
  readonly teeTcbInfo: Slice | undefined
  /** 512 bytes that are hashed. */
  readonly tdInfo: Slice | undefined
  readonly teeTcbSvn: Bytes | undefined
  readonly mrSeam: Bytes | undefined
  readonly mrSignerSeam: Bytes | undefined
  readonly seamAttributes: Located<bigint> | undefined
  readonly tdAttributes: (Located<bigint> & { readonly flags: Readonly<Record<string, number>> }) | undefined
  readonly xfam: Located<bigint> | undefined
  readonly registers: readonly { readonly name: string; readonly value: Bytes; readonly identity: boolean }[]
  readonly malformed: Saying | undefined
}

/** A raw SGX REPORT: 384 bytes of body alone, or 432 with key id and MAC. MAC-only, for the same machine. */
export interface RawSgxReport {
  readonly slice: Slice
  readonly report: EnclaveReport | undefined
  readonly keyId: Bytes | undefined
  readonly mac: Bytes | undefined
  readonly malformed: Saying | undefined
}

/** An EPID quote, version 1 or 2: its signature cannot be verified any more. */
export interface EpidQuote {
  readonly slice: Slice
  readonly version: number | undefined
  readonly signType: Located<number> | undefined
  readonly gid: Bytes | undefined
  readonly qeSvn: Located<number> | undefined
  readonly pceSvn: Located<number> | undefined
  readonly basename: Bytes | undefined
  readonly report: EnclaveReport | undefined
  readonly signatureLength: Located<number> | undefined
  readonly signature: Slice | undefined
  readonly malformed: Saying | undefined
}
