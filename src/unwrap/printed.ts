/** Texts about evidence that are none: what tools print of it, and logs. */

/** Lines that begin with a time or a level in brackets. */
const LOG_LINE =
  /^\[\s*(?:\d{4}-\d\d-\d\d|\d\d:\d\d:\d\d|\d+\.\d{3,}\]|(?:trace|debug|info|warn|warning|error|fatal)\b)/i
/** Intel's quote libraries print their results as `0xe0…` (quote3_error_t, which counts up from 0xe001); the names of those from there on, in order. */
const VENDOR_CODE = /\b0x0*e0([0-9a-f]{2})\b/i
const VENDOR_CODES: readonly string[] = [
  'SGX_QL_ERROR_UNEXPECTED',
  'SGX_QL_ERROR_INVALID_PARAMETER',
  'SGX_QL_ERROR_OUT_OF_MEMORY',
  'SGX_QL_ERROR_ECDSA_ID_MISMATCH',
  'SGX_QL_PATHNAME_BUFFER_OVERFLOW_ERROR',
  'SGX_QL_FILE_ACCESS_ERROR',
  'SGX_QL_ERROR_STORED_KEY',
  'SGX_QL_ERROR_PUB_KEY_ID_MISMATCH',
  'SGX_QL_ERROR_INVALID_PCE_SIG_SCHEME',
  'SGX_QL_ATT_KEY_BLOB_ERROR',
  'SGX_QL_UNSUPPORTED_ATT_KEY_ID',
  'SGX_QL_UNSUPPORTED_LOADING_POLICY',
  'SGX_QL_INTERFACE_UNAVAILABLE',
  'SGX_QL_PLATFORM_LIB_UNAVAILABLE',
  'SGX_QL_ATT_KEY_NOT_INITIALIZED',
  'SGX_QL_ATT_KEY_CERT_DATA_INVALID',
  'SGX_QL_NO_PLATFORM_CERT_DATA',
  'SGX_QL_OUT_OF_EPC',
  'SGX_QL_ERROR_REPORT',
  'SGX_QL_ENCLAVE_LOST',
  'SGX_QL_INVALID_REPORT',
  'SGX_QL_ENCLAVE_LOAD_ERROR',
  'SGX_QL_UNABLE_TO_GENERATE_QE_REPORT',
  'SGX_QL_KEY_CERTIFCATION_ERROR',
  'SGX_QL_NETWORK_ERROR',
  'SGX_QL_MESSAGE_ERROR',
  'SGX_QL_NO_QUOTE_COLLATERAL_DATA',
  'SGX_QL_QUOTE_CERTIFICATION_DATA_UNSUPPORTED',
  'SGX_QL_QUOTE_FORMAT_UNSUPPORTED',
  'SGX_QL_UNABLE_TO_GENERATE_REPORT',
  'SGX_QL_QE_REPORT_INVALID_SIGNATURE',
  'SGX_QL_QE_REPORT_UNSUPPORTED_FORMAT',
  'SGX_QL_PCK_CERT_UNSUPPORTED_FORMAT',
  'SGX_QL_PCK_CERT_CHAIN_ERROR',
  'SGX_QL_TCBINFO_UNSUPPORTED_FORMAT',
  'SGX_QL_TCBINFO_MISMATCH',
]

/** Whether a text begins as a log does. */
export const isLogLine = (head: string): boolean => LOG_LINE.test(head)

/** The first result of Intel's libraries in a text, and its name. */
export function vendorCodeIn(
  text: string,
): { readonly code: string; readonly meaning: string; readonly at: number } | undefined {
  const found = VENDOR_CODE.exec(text)
  const meaning = found && VENDOR_CODES[Number.parseInt(found[1] ?? '', 16) - 1]
  return found && meaning ? { code: found[0], meaning, at: found.index } : undefined
}

/** What tools print of evidence: names of fields and their values, without the bytes that are signed. */
const PRINTED: readonly { readonly name: string; readonly marks: readonly RegExp[] }[] = [
  {
    name: 'printed-snp',
    marks: [
      /Attestation Report|SEV-?SNP|\breport(?:_data)?\b/i,
      /Guest SVN|guest_svn|family_?\s?id/i,
      /chip_?\s?id/i,
      /measurement/i,
    ],
  },
  {
    name: 'printed-tpm',
    marks: [/\bTPMS_ATTEST\b|qualifiedSigner|qualified_signer/i, /extraData|extra_data|clockInfo|clock_info/i],
  },
  { name: 'printed-quote', marks: [/mr_?td\b/i, /rt_?mr_?\[?0|mr_?seam/i, /report_?\s?data/i] },
  { name: 'printed-quote', marks: [/mr_?enclave/i, /mr_?signer/i, /isv_?\s?(?:prod_?\s?id|svn)/i] },
  { name: 'printed-nitro', marks: [/module_?id/i, /cabundle/i, /pcrs/i] },
  {
    name: 'printed-pcrs',
    marks: [
      /^\s*[[{(]?\s*["']?(?:pcr)?0["']?\s*[:=]\s*(?:\[|0x|"|b?')?/im,
      /(?:^|[,\s{])["']?(?:pcr)?1["']?\s*[:=]\s*(?:\[|0x|"|b?')?[\d a-f,x]{32}/i,
    ],
  },
]

/** Which kind of evidence a text shows in words; undefined for none. */
export function printedIn(head: string): string | undefined {
  return PRINTED.find(({ marks }) => marks.every((mark) => mark.test(head)))?.name
}

/** A report as protocol buffers are printed: names of its fields, and strings with escapes. */
export const isPrintedMessage = (head: string): boolean =>
  /\breport_data:\s*"/.test(head) && /\bchip_id:\s*"/.test(head) && /\bmeasurement:\s*"/.test(head)
