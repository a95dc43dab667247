import type { Appraiser } from '../../core/scheme.ts'
import { attestationKeyBound } from './checks/attestation-key-bound.ts'
import { caNotRevoked } from './checks/ca-not-revoked.ts'
import { evaluationNumbersCheck } from './checks/evaluation-numbers.ts'
import { kindSupported } from './checks/kind-supported.ts'
import { localNotDebug } from './checks/local-not-debug.ts'
import { localVerifiable } from './checks/local-verifiable.ts'
import { localWellFormed } from './checks/local-well-formed.ts'
import { noPerfmon } from './checks/no-perfmon.ts'
import { noServiceTd } from './checks/no-service-td.ts'
import { noTrailingBytes } from './checks/no-trailing-bytes.ts'
import { notDebug } from './checks/not-debug.ts'
import { nothingForbidden } from './checks/nothing-forbidden.ts'
import { notMigratable } from './checks/not-migratable.ts'
import { pckChainBegun } from './checks/pck-chain-begun.ts'
import { pckChainNotExpired } from './checks/pck-chain-not-expired.ts'
import { pckChainStrict } from './checks/pck-chain-strict.ts'
import { pckChain } from './checks/pck-chain.ts'
import { pckCrlAuthentic } from './checks/pck-crl-authentic.ts'
import { pckNotRevoked } from './checks/pck-not-revoked.ts'
import { pckProfileHolds } from './checks/pck-profile.ts'
import { platformLevel } from './checks/platform-level.ts'
import { qeDataTailZero } from './checks/qe-data-tail-zero.ts'
import { qeIdentityAuthentic } from './checks/qe-identity-authentic.ts'
import { qeIdentityIssued } from './checks/qe-identity-issued.ts'
import { qeIdentityMatches } from './checks/qe-identity-matches.ts'
import { qeIdentityNotExpired } from './checks/qe-identity-not-expired.ts'
import { qeLevel } from './checks/qe-level.ts'
import { qeNotDebug } from './checks/qe-not-debug.ts'
import { qeSignature } from './checks/qe-signature.ts'
import { qeVendor } from './checks/qe-vendor.ts'
import { quoteCertificatesVouched } from './checks/quote-certificates-vouched.ts'
import { quoteSignature } from './checks/quote-signature.ts'
import { reservedZero } from './checks/reserved-zero.ts'
import { rootCrlAuthentic } from './checks/root-crl-authentic.ts'
import { septVeDisabled } from './checks/sept-ve-disabled.ts'
import { smtOff } from './checks/smt-off.ts'
import { tcbCurrent } from './checks/tcb-current.ts'
import { tcbInfoApplies } from './checks/tcb-info-applies.ts'
import { tcbInfoAuthentic } from './checks/tcb-info-authentic.ts'
import { tcbInfoIssued } from './checks/tcb-info-issued.ts'
import { tcbInfoNotExpired } from './checks/tcb-info-not-expired.ts'
import { tcbSignerNotRevoked } from './checks/tcb-signer-not-revoked.ts'
import { tdreportHashes } from './checks/tdreport-hashes.ts'
import { tdxModuleLevel } from './checks/tdx-module-level.ts'
import { tdxModuleMatches } from './checks/tdx-module-matches.ts'
import { wellFormed } from './checks/well-formed.ts'
import { FORMATS } from './decoded.ts'
import { prepareLocal, type PreparedLocal } from './prepare-local.ts'
import { prepareQuote, type PreparedQuote } from './prepare.ts'

/** DCAP quotes of SGX enclaves and TDs. Checks in the order in which a reader would ask. */
export const quoteAppraiser: Appraiser<PreparedQuote> = {
  formats: [FORMATS.sgxQuote, FORMATS.tdxQuote],
  prepare: prepareQuote,
  notJudged: ['intel.not-judged.features', 'intel.not-judged.owner', 'intel.not-judged.header'],
  checks: [
    wellFormed,
    kindSupported,
    qeVendor,
    noTrailingBytes,
    quoteSignature,
    attestationKeyBound,
    qeDataTailZero,
    qeSignature,
    pckProfileHolds,
    pckChain,
    pckChainStrict,
    quoteCertificatesVouched,
    pckChainNotExpired,
    pckChainBegun,
    pckNotRevoked,
    caNotRevoked,
    pckCrlAuthentic,
    rootCrlAuthentic,
    qeIdentityAuthentic,
    qeIdentityNotExpired,
    qeIdentityIssued,
    tcbInfoAuthentic,
    tcbInfoNotExpired,
    tcbInfoIssued,
    tcbSignerNotRevoked,
    qeIdentityMatches,
    qeNotDebug,
    tdxModuleMatches,
    tcbInfoApplies,
    tcbCurrent,
    platformLevel,
    qeLevel,
    tdxModuleLevel,
    evaluationNumbersCheck,
    notDebug,
    notMigratable,
    noServiceTd,
    noPerfmon,
    septVeDisabled,
    reservedZero,
    smtOff,
    nothingForbidden,
  ],
}

/** Reports for the same machine, and EPID quotes: decoded, compared with themselves, and said to be not verifiable here. */
export const localAppraiser: Appraiser<PreparedLocal> = {
  formats: [FORMATS.tdReport, FORMATS.sgxReport, FORMATS.epidQuote, FORMATS.headless],
  prepare: prepareLocal,
  notJudged: ['intel.not-judged.features', 'intel.not-judged.owner'],
  checks: [localWellFormed, localVerifiable, tdreportHashes, localNotDebug],
}
