import { OID } from '../../pki/shape.ts'
import type { PathProfile } from '../../pki/types.ts'
import { PCK_EXTENSION } from './formats/pck.ts'

// Intel SGX PCK Certificate and Certificate Revocation List Profile Specification: ECDSA on P-256 with SHA-256 throughout
const ALGORITHMS = ['ec:P-256/ecdsa-with-SHA256']

/** Every certificate that Intel issues for attestation has these five (sections 1.3.2 to 1.3.6 of the profile; all published ones do). */
const REQUIRED = [
  OID.authorityKeyIdentifier,
  OID.cRLDistributionPoints,
  OID.subjectKeyIdentifier,
  OID.keyUsage,
  OID.basicConstraints,
]

/** Whom Intel lets issue PCK certificates. */
export const PCK_ISSUER = /SGX PCK (Processor|Platform) CA/
/** PCK certificate, its authority, the root: no fewer and no more (QVL PckParser, CertificateChain). */
export const PCK_CHAIN_LENGTH = 3

/** PCK certificate, its CA, the root. */
export const pckProfile: PathProfile = {
  id: 'intel-pck',
  knownCritical: [PCK_EXTENSION],
  algorithms: ALGORITHMS,
  required: REQUIRED,
  maxDepth: 4,
}

/** TCB signing certificate and the root. */
export const tcbSigningProfile: PathProfile = {
  id: 'intel-tcb-signing',
  knownCritical: [],
  algorithms: ALGORITHMS,
  required: REQUIRED,
  maxDepth: 4,
}
