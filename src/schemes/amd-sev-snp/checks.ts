import type { CheckDefinition } from '../../core/scheme.ts'
import { accompanyingDataBound } from './checks/accompanying-data-bound.ts'
import { askedForByGuest } from './checks/asked-for-by-guest.ts'
import { authorKeyAsStated } from './checks/author-key-as-stated.ts'
import { authorityNotRevoked } from './checks/authority-not-revoked.ts'
import { carriedCertificatesUsed } from './checks/carried-certificates-used.ts'
import { certificatesInDate } from './checks/certificates-in-date.ts'
import { chainsToArk } from './checks/chains-to-ark.ts'
import { chipMatchesCertificate } from './checks/chip-matches-certificate.ts'
import { debugOff } from './checks/debug-off.ts'
import { floorSourcesAgree } from './checks/floor-sources-agree.ts'
import { idBlockMatches } from './checks/id-block-matches.ts'
import { idKeysMatch } from './checks/id-keys-match.ts'
import { listsAuthentic } from './checks/lists-authentic.ts'
import { noMigrationAgent } from './checks/no-migration-agent.ts'
import { policyStrict } from './checks/policy-strict.ts'
import { productAgrees } from './checks/product-agrees.ts'
import { reportWhole } from './checks/report-whole.ts'
import { reservedZero } from './checks/reserved-zero.ts'
import { signatureWellFormed } from './checks/signature-well-formed.ts'
import { signedByChipKey } from './checks/signed-by-chip-key.ts'
import { signingKeyAsStated } from './checks/signing-key-as-stated.ts'
import { smtAsYouWish } from './checks/smt-as-you-wish.ts'
import { tcbAboveKnownFloors } from './checks/tcb-above-known-floors.ts'
import { tcbAtLeastYours } from './checks/tcb-at-least-yours.ts'
import { tcbInOrder } from './checks/tcb-in-order.ts'
import { tcbLayoutKnown } from './checks/tcb-layout-known.ts'
import { tcbMatchesCertificate } from './checks/tcb-matches-certificate.ts'
import { versionKnown } from './checks/version-known.ts'
import type { PreparedReport } from './prepare.ts'

/** Every question that is asked of a report. */
export const checks: readonly CheckDefinition<PreparedReport>[] = [
  reportWhole,
  versionKnown,
  reservedZero,
  authorKeyAsStated,
  signatureWellFormed,
  tcbLayoutKnown,
  signedByChipKey,
  tcbMatchesCertificate,
  chipMatchesCertificate,
  signingKeyAsStated,
  accompanyingDataBound,
  chainsToArk,
  carriedCertificatesUsed,
  certificatesInDate,
  productAgrees,
  authorityNotRevoked,
  listsAuthentic,
  tcbAboveKnownFloors,
  floorSourcesAgree,
  tcbAtLeastYours,
  tcbInOrder,
  debugOff,
  askedForByGuest,
  noMigrationAgent,
  smtAsYouWish,
  policyStrict,
  idBlockMatches,
  idKeysMatch,
]
