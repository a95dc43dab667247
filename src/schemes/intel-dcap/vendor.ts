import type { VendorStatus } from '../../core/verdict.ts'
import type { Authenticated, Signed } from './collateral/authenticate.ts'
import type { Selected } from './collateral/select.ts'
import { INTEL_QE_VENDOR } from './marks.ts'
import { toHex } from '../../bytes/layout.ts'
import type { ReportedStatus } from './tcb.ts'
import type { Work } from './work.ts'

/** Whether the program or the TD runs in debug mode; null when the body could not be read. */
export function isDebug({ body }: Work['quote']): boolean | null {
  if (!body) return null
  return (body.kind === 'sgx' ? body.report.attributes.flags.DEBUG : body.report.tdAttributes.flags.DEBUG) === 1
}

/**
 * Name of the status with which Intel's library would end before it reaches a TCB status; the first in its own order.
 * Dates never end it here, and neither does the root: both are told apart elsewhere.
 */
export function vendorError(work: Work): string | null {
  return (
    evidenceFormat(work) ??
    chainError(work) ??
    tcbInfoError(work) ??
    moduleError(work) ??
    quotingEnclaveError(work) ??
    levelError(work)
  )
}

function evidenceFormat({ quote }: Work): string | null {
  const vendor = quote.header && toHex(quote.header.qeVendorId.value)
  return quote.malformed || vendor !== INTEL_QE_VENDOR ? 'UNSUPPORTED_QUOTE_FORMAT' : null
}

const INVALID_ISSUER = [
  'SGX_PCK_INVALID_ISSUER',
  'SGX_INTERMEDIATE_CA_INVALID_ISSUER',
  'SGX_ROOT_CA_INVALID_ISSUER',
] as const

function chainError({ chain, pckRevocation, caRevocation }: Work): string | null {
  const broken = chain.path?.faults.find((fault) => fault.because.code === 'chain-signature')
  if (broken) return INVALID_ISSUER[Math.min(2, broken.index)] ?? null
  if (caRevocation?.state === 'listed') return 'SGX_INTERMEDIATE_CA_REVOKED'
  return pckRevocation?.state === 'listed' ? 'PCK_REVOKED' : null
}

/** Nothing usable is there, but something that was refused is. */
function refused<T extends Signed>(selected: Selected<T>): Authenticated<T> | undefined {
  return selected.deciding
    ? undefined
    : (selected.unreadable ?? selected.rejected.find((item) => item.state === 'rejected'))
}

function tcbInfoError({ tcbInfo, chain }: Work): string | null {
  const bad = refused(tcbInfo)
  if (bad)
    return bad.because.code === 'collateral-signature' || bad.because.code === 'collateral-compact-only'
      ? 'TCB_INFO_INVALID_SIGNATURE'
      : bad.because.code === 'collateral-signer-revoked'
        ? 'SGX_TCB_SIGNING_CERT_REVOKED'
        : 'SGX_TCB_INFO_INVALID'
  return chain.extensions && !tcbInfo.deciding && tcbInfo.forOthers.length > 0 ? 'TCB_INFO_MISMATCH' : null
}

function moduleError({ module }: Work): string | null {
  if (!module) return null
  return module.kind !== 'compared' || module.mismatches.length > 0 ? 'TDX_MODULE_MISMATCH' : null
}

function quotingEnclaveError({ chain, binding, identity, qeMismatches, quoteSignature }: Work): string | null {
  if (chain.qeSignature?.result === 'invalid') return 'INVALID_QE_REPORT_SIGNATURE'
  if (binding && !binding.holds) return 'INVALID_QE_REPORT_DATA'
  const bad = refused(identity)
  if (bad)
    return bad.because.code === 'collateral-signature' || bad.because.code === 'collateral-compact-only'
      ? 'SGX_ENCLAVE_IDENTITY_INVALID_SIGNATURE'
      : 'SGX_ENCLAVE_IDENTITY_INVALID'
  if (!identity.deciding && identity.forOthers.length > 0) return 'QE_IDENTITY_MISMATCH'
  if (qeMismatches && qeMismatches.length > 0) return 'QE_IDENTITY_MISMATCH'
  return quoteSignature?.result === 'invalid' ? 'INVALID_QUOTE_SIGNATURE' : null
}

function levelError({ tcb }: Work): string | null {
  return tcb?.isBelowEveryLevel ? 'TCB_NOT_SUPPORTED' : null
}

/** The lower of the evaluation numbers of what decided. */
export function evaluationNumber({ tcbInfo, identity }: Work): number | null {
  const numbers = [
    tcbInfo.deciding?.source.value.evaluationNumber,
    identity.deciding?.source.value.evaluationNumber,
  ].filter((number) => number !== undefined)
  return numbers.length > 0 ? Math.min(...numbers) : null
}

/** Results of Intel's quote verification library, `sgx_ql_qv_result_t`, for each status of a level. */
const RESULT: Readonly<Record<ReportedStatus, string>> = {
  UpToDate: 'SGX_QL_QV_RESULT_OK',
  SWHardeningNeeded: 'SGX_QL_QV_RESULT_SW_HARDENING_NEEDED',
  ConfigurationNeeded: 'SGX_QL_QV_RESULT_CONFIG_NEEDED',
  ConfigurationAndSWHardeningNeeded: 'SGX_QL_QV_RESULT_CONFIG_AND_SW_HARDENING_NEEDED',
  OutOfDate: 'SGX_QL_QV_RESULT_OUT_OF_DATE',
  OutOfDateConfigurationNeeded: 'SGX_QL_QV_RESULT_OUT_OF_DATE_CONFIG_NEEDED',
  TDRelaunchAdvised: 'SGX_QL_QV_RESULT_TD_RELAUNCH_ADVISED',
  TDRelaunchAdvisedConfigurationNeeded: 'SGX_QL_QV_RESULT_TD_RELAUNCH_ADVISED_CONFIG_NEEDED',
  Revoked: 'SGX_QL_QV_RESULT_REVOKED',
}

/** Intel's own words about the platform. */
export function vendorStatus(work: Work): VendorStatus {
  const error = vendorError(work)
  const verdict = error === null ? work.tcb : undefined
  const printed = error ?? (verdict?.status === undefined ? undefined : RESULT[verdict.status])
  return {
    scheme: 'intel',
    tcbStatus: verdict?.status ?? null,
    error,
    advisories: verdict?.status === undefined ? [] : [...verdict.advisories].sort(),
    tcbDate: verdict?.status === undefined ? null : (verdict.date ?? null),
    evaluationNumber: evaluationNumber(work),
    debug: isDebug(work.quote),
    ...(printed === undefined ? {} : { printed }),
  }
}
