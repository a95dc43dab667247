import type { EvidenceFormat } from '../../core/scheme.ts'
import { bundleFormat } from './formats/bundle.ts'
import { carrierFormat } from './formats/carrier.ts'
import { enclaveIdentityFormat, evaluationNumbersFormat } from './formats/enclave-identity.ts'
import { epidQuoteFormat, sgxReportFormat, tdReportFormat } from './formats/local.ts'
import { headlessFormat } from './formats/headless.ts'
import { oeEndorsementsFormat, oeEvidenceFormat } from './formats/open-enclave.ts'
import { sgxQuoteFormat, tdxQuoteFormat } from './formats/quote.ts'
import { tcbInfoFormat } from './formats/tcb-info.ts'

/** Every format of Intel's family that can be read. */
export const intelFormats: readonly EvidenceFormat[] = [
  sgxQuoteFormat as EvidenceFormat,
  tdxQuoteFormat as EvidenceFormat,
  headlessFormat as EvidenceFormat,
  epidQuoteFormat as EvidenceFormat,
  sgxReportFormat as EvidenceFormat,
  tdReportFormat as EvidenceFormat,
  tcbInfoFormat as EvidenceFormat,
  enclaveIdentityFormat as EvidenceFormat,
  evaluationNumbersFormat as EvidenceFormat,
  bundleFormat as EvidenceFormat,
  oeEndorsementsFormat as EvidenceFormat,
  oeEvidenceFormat as EvidenceFormat,
  carrierFormat,
]
