import type { Slice } from '../../core/place.ts'
import { say } from '../../core/saying.ts'
import type { Detection, Detector, SchemeEntry } from '../../core/scheme.ts'
import { HEAD, headText, onBytes, onlyWhole, onText } from '../../bytes/head.ts'
import { findText } from '../../envelope/characters.ts'
import { isZero, toHex } from '../../bytes/layout.ts'
import { ownNames } from '../../bytes/own-names.ts'
import { FORMATS } from './decoded.ts'
import { afterComments } from './formats/comments.ts'
import { marks } from './inside.ts'
import { epidQuote, reportMac, sgxReport } from './layout-local.ts'
import { dumpHeader, dumpLength, evidenceHeader, oeHeader } from './layout-open-enclave.ts'
import { quoteHeader4 } from './layout-quote.ts'
import { enclaveReport } from './layout-report.ts'
import { CARRIER_MARKS, INTEL_QE_VENDOR, VENDOR_AT, VENDOR_TEXT } from './marks.ts'

const found = (
  format: string,
  score: number,
  reason: string,
  params: Readonly<Record<string, string | number>> = {},
): Detection => ({ format, score, because: say(reason, params) })
const sizeOf = (slice: Slice): number => slice.end - slice.start

/** DCAP quotes: version, key type and TEE type agree, and the vendor id is Intel's. */
const quote: Detector = (slice) => {
  const header = quoteHeader4.read(slice, '').value
  if (!header) return undefined
  const version = header.version.value
  const isTdx = header.teeType.value === 0x81
  const isIntel = toHex(header.qeVendorId.value) === INTEL_QE_VENDOR
  const format = isTdx ? FORMATS.tdxQuote : FORMATS.sgxQuote
  const fits =
    version >= 3 &&
    version <= 5 &&
    (header.attestationKeyType.value === 2 || header.attestationKeyType.value === 3) &&
    (header.teeType.value === 0 || (isTdx && version > 3))
  if (fits && isIntel) return found(format, 1, 'detect.intel.quote', { version, tee: isTdx ? 'TDX' : 'SGX' })
  if (isIntel) return found(format, 0.8, 'detect.intel.quote-vendor', { version })
  // A changed vendor id must still be seen as a quote, so that the check can say what is wrong with it.
  return fits && sizeOf(slice) > 432 ? found(format, 0.7, 'detect.intel.quote-shape', { version }) : undefined
}

/** A quote whose first bytes are missing has its vendor id too early, and is as long as a report and its signature at least. */
const headless: Detector = (slice) => {
  const at = findText(slice.bytes, slice.start, Math.min(slice.end, slice.start + VENDOR_AT + 16), VENDOR_TEXT)
  const missing = VENDOR_AT - (at - slice.start)
  return at >= 0 && missing > 0 && sizeOf(slice) > 432
    ? found(FORMATS.headless, 0.9, 'detect.intel.quote-without-head', { missing })
    : undefined
}

/** EPID quotes: small numbers at the start, and an initialised enclave's report behind them. */
const epid: Detector = (slice) => {
  const value = epidQuote.read(slice, '').value
  if (
    !value ||
    value.version.value < 1 ||
    value.version.value > 2 ||
    value.signType.value > 1 ||
    !isEnclaveReport(value.body)
  )
    return undefined
  return found(FORMATS.epidQuote, 0.9, 'detect.intel.epid-quote', { version: value.version.value })
}

function isEnclaveReport(report: NonNullable<ReturnType<typeof enclaveReport.read>['value']>): boolean {
  return (
    report.attributes.flags.INIT === 1 &&
    isZero(report.reserved1.value) &&
    isZero(report.reserved2.value) &&
    isZero(report.reserved3.value) &&
    isZero(report.reserved4.value)
  )
}

/** Raw enclave reports have no magic: exact size, INIT set, reserved bytes zero. */
const sgxReportDetector: Detector = (slice) => {
  const size = sizeOf(slice)
  if (size !== enclaveReport.size && size !== sgxReport.size) return undefined
  const body = enclaveReport.read(slice, '').value
  return body && isEnclaveReport(body) && !isZero(body.mrEnclave.value)
    ? found(FORMATS.sgxReport, 0.6, 'detect.intel.sgx-report', { size })
    : undefined
}

/** TDREPORT: type 0x81 with its reserved bytes zero. */
const tdReport: Detector = (slice) => {
  const value = reportMac.read(slice, '').value
  if (!value || value.reportType.type.value !== 0x81 || value.reportType.version.value > 1) return undefined
  const clean =
    isZero(value.reserved1.value) && isZero(value.reserved2.value) && isZero(value.reportType.reserved.value)
  return clean && sizeOf(slice) >= 1024 ? found(FORMATS.tdReport, 0.9, 'detect.intel.tdreport') : undefined
}

const BUNDLED = [
  'tcb_info',
  'qe_identity',
  'pck_crl',
  'root_ca_crl',
  'tcb_info_issuer_chain',
  'pck_crl_issuer_chain',
  'tcbInfoIssuerChain',
  'pckCrlIssuerChain',
  'rootCaCrl',
  'pckCrl',
  'qeIdentity',
]

/** Intel's signed JSON, wrapped or bare, and bundles of it. */
const json: Detector = (slice) => {
  const text = headText(slice)
  if (!/^\s*\{/.test(text)) return undefined
  const own = ownNames(text)
  const parts = BUNDLED.filter((name) => own.has(name))
  if (parts.length >= 2)
    return found(FORMATS.bundle, 1, 'detect.intel.bundle', { members: parts.slice(0, 3).join(', ') })
  if (['raw_tcb_info', 'raw_enclave_identity', 'raw_qe_identity'].some((name) => own.has(name)))
    return found(FORMATS.bundle, 0.9, 'detect.intel.bundle', { members: 'raw_…' })
  if (/^\s*\{[^{}]*"tcbInfo"\s*:\s*\{/.test(text))
    return found(FORMATS.tcbInfo, 1, 'detect.intel.member', { member: 'tcbInfo' })
  if (/^\s*\{[^{}]*"enclaveIdentity"\s*:\s*\{/.test(text))
    return found(FORMATS.enclaveIdentity, 1, 'detect.intel.member', { member: 'enclaveIdentity' })
  if (/^\s*\{[^{}]*"tcbEvaluationDataNumbers"\s*:\s*\{/.test(text))
    return found(FORMATS.evaluationNumbers, 1, 'detect.intel.member', { member: 'tcbEvaluationDataNumbers' })
  if (own.has('fmspc') && (own.has('tcbLevels') || text.length === HEAD))
    return found(FORMATS.tcbInfo, 0.9, 'detect.intel.member', { member: 'fmspc, tcbLevels' })
  if (own.has('isvprodid') && own.has('miscselectMask'))
    return found(FORMATS.enclaveIdentity, 0.9, 'detect.intel.member', { member: 'isvprodid, miscselectMask' })
  return undefined
}

/** The bundle that some tools write as YAML. */
const yaml: Detector = (slice) => {
  const text = headText(slice)
  if (!/^[a-z_#-]/.test(text)) return undefined
  const names = [
    'pck_crl_issuer_chain',
    'root_ca_crl',
    'pck_crl',
    'tcb_info_issuer_chain',
    'tcb_info',
    'qe_identity',
  ].filter((name) => new RegExp(`^${name}:`, 'm').test(text))
  return names.length >= 3
    ? found(FORMATS.bundle, 0.95, 'detect.intel.bundle', { members: names.slice(0, 3).join(', ') })
    : undefined
}

/** Open Enclave's endorsements (possibly after comment lines) and Intel's collateral structure as it lies in memory. */
const endorsements: Detector = (slice) => {
  const start = afterComments({ ...slice, end: Math.min(slice.end, slice.start + 4096) })
  const oe = oeHeader.read({ ...slice, start }, '').value
  if (oe?.version.value === 1 && oe.enclaveType.value === 2 && oe.count.value === 9)
    return found(FORMATS.oeEndorsements, 1, 'detect.intel.oe-endorsements')
  const dump = dumpHeader.read(slice, '').value
  if (
    (dump?.majorVersion.value === 3 || dump?.majorVersion.value === 4) &&
    (dump.teeType.value === 0 || dump.teeType.value === 0x81) &&
    dumpLength(slice) === sizeOf(slice)
  ) {
    return found(FORMATS.oeEndorsements, 0.9, 'detect.intel.collateral-dump')
  }
  return undefined
}

function isIntelVendor(slice: Slice): boolean {
  const header = quoteHeader4.read(slice, '').value
  return header !== undefined && toHex(header.qeVendorId.value) === INTEL_QE_VENDOR
}

/** Open Enclave's evidence: a header, then a quote. */
const oeEvidence: Detector = (slice) => {
  const { value, end } = evidenceHeader.read(slice, '')
  if (value?.version.value !== 1) return undefined
  const inner: Slice = { ...slice, start: end }
  return (value.reportType.value === 2 && isIntelVendor(inner)) ||
    (value.reportType.value === 1 && value.reportSize.value === BigInt(sizeOf(inner)))
    ? found(FORMATS.oeEvidence, 0.9, 'detect.intel.oe-evidence')
    : undefined
}

/** A certificate (version 3) whose extension holds a quote, or the answer of Intel's attestation service about one. */
const carrier: Detector = (slice) => {
  const { bytes, start } = slice
  const isCertificate =
    bytes[start] === 0x30 &&
    bytes[start + 1] === 0x82 &&
    bytes[start + 4] === 0x30 &&
    bytes[start + 5] === 0x82 &&
    bytes[start + 8] === 0xa0 &&
    bytes[start + 10] === 0x02
  const head = Math.min(slice.end, start + HEAD)
  return isCertificate && CARRIER_MARKS.some((mark) => findText(bytes, start, head, mark) >= 0)
    ? found(FORMATS.carrier, 0.95, 'detect.intel.carrier')
    : undefined
}

/** Intel SGX and TDX: quotes, reports and the collateral that speaks about them. */
export const entry: SchemeEntry = {
  id: 'intel-dcap',
  detectors: [
    onBytes(quote),
    onBytes(headless),
    onBytes(epid),
    onBytes(sgxReportDetector),
    onBytes(tdReport),
    onText(json),
    onText(yaml),
    endorsements,
    onBytes(oeEvidence),
    onBytes(carrier),
  ],
  sure: [onBytes(onlyWhole(quote)), onText(onlyWhole(json))],
  formats: Object.values(FORMATS),
  carries: ['x509.pem'],
  marks,
  errorCodes: async () => (await import('./error-codes.ts')).errorCodes,
  texts: { en: async () => (await import('./texts.en.ts')).en, zh: async () => (await import('./texts.zh.ts')).zh },
  load: async () => (await import('./scheme.ts')).scheme,
}
