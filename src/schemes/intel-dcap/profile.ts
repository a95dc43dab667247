import type { PathProfile } from '../../pki/types.ts'
import { PCK_EXTENSION } from './formats/pck.ts'

// Intel SGX PCK Certificate and Certificate Revocation List Profile Specification: ECDSA on P-256 with SHA-256 throughout
const ALGORITHMS = ['ec:P-256/ecdsa-with-SHA256']

/** PCK certificate, its CA, the root. */
export const pckProfile: PathProfile = {
  id: 'intel-pck',
  knownCritical: [PCK_EXTENSION],
  algorithms: ALGORITHMS,
  maxDepth: 4,
}

/** TCB signing certificate and the root. */
export const tcbSigningProfile: PathProfile = {
  id: 'intel-tcb-signing',
  knownCritical: [],
  algorithms: ALGORITHMS,
  maxDepth: 4,
}
