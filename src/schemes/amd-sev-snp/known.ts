import type { KnownValue } from '../../core/known-value.ts'

/** Digests of the keys with which a cloud signs the ID block of its guests. */
const ID_KEYS: readonly string[] = [
  '0356215882a825279a85b300b0b742931d113bf7e32dde2e50ffde7ec743ca491ecdd7f336dc28a6e0b2bb57af7a44a3',
  '57486a447ec0f1958002a22a06b7673b9fd27d11e1c6527498056054c5fa92d23c50f9de44072760fe2b6fb89740b696',
  '57e229e0ffe5fa92d0faddff6cae0e61c926fc9ef9afd20a8b8cfcf7129db9338cbe5bf3f6987733a2bf65d06dc38fc1',
]

/** Names for values that SNP reports show. */
export const knownValues: readonly KnownValue[] = ID_KEYS.map((digest) => ({
  label: 'ID_KEY_DIGEST',
  value: new RegExp(`^${digest}$`),
  name: 'Microsoft Azure, confidential VM',
  basis: 'observed',
  according: 'Edgeless Systems, Constellation',
  source: 'https://github.com/edgelesssys/constellation',
  date: '2026-11-29',
}))
