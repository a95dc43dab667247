import type { PathProfile } from '../../pki/types.ts'

/** NVIDIA's device and manifest chains: P-384 with SHA-384 throughout. */
export const CHAIN_PROFILE: PathProfile = {
  id: 'nvidia',
  knownCritical: [],
  algorithms: ['ec:P-384/ecdsa-with-SHA384'],
}
