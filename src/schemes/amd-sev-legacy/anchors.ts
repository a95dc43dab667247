import type { TrustAnchor } from '../../core/scheme.ts'
import roots from './roots.json'

type Generation = 'Naples' | 'Rome' | 'Milan' | 'Genoa' | 'Turin'

/** [generation, SHA-256 of the public key, SHA-256 of the certificate as published]. From Milan on, the keys are those of the X.509 roots. */
const PUBLISHED: readonly (readonly [Generation, string, string])[] = [
  [
    'Naples',
    '3a04f8f1347de206c9206a81148ba4ef0a233b245d43a15dd82de043bb3e4f69',
    'dedabca561e1dece8cc00b7bda864cf5f20b95017864408cfe18eaee0dce24b9',
  ],
  [
    'Rome',
    '7447ffa21e2b938bfade89f5e9066c00a328813bfc43685605cceabd18da6fde',
    '865977b268c16d5b27772b00aaefb4e737ba9499e818ed8e9f65b0cecefbc529',
  ],
  [
    'Milan',
    '9f056bee44377e29308cb5ffa895bdfb62d18881fa6bed8d6f075b0204089cb9',
    '1246469862b78a7a8625579b0378d1f8e975eb8b82a1623b579d7968a5969888',
  ],
  [
    'Genoa',
    '429a69c9422aa258ee4d8db5fcda9c6470ef15f8cd5a9cebd6cbc7d90b863831',
    '8f4e3fd36589c23f1fe0c8338465bac7e2e066d97fc92f228bbee4fd356fb674',
  ],
  [
    'Turin',
    '4f125410563a2ab9a50356f9243f6fe0b6f73de98603f53f90339c70e9d7ad08',
    'f6405e5096a6eee1eb7d5df75c49f9b9f7c8357a31c7fff150149d68588a7bf7',
  ],
]

const spkiOf: Readonly<Record<Generation, string>> = {
  Naples: roots.naples,
  Rome: roots.rome,
  Milan: roots.milan,
  Genoa: roots.genoa,
  Turin: roots.turin,
}

/** AMD's root keys (ARK) of every generation that speaks this format. Their certificates are no X.509, so they stand here as keys. */
export const anchors: readonly TrustAnchor[] = [
  ...PUBLISHED.map(([scope, spkiSha256, sha256]): TrustAnchor => ({
    subject: '',
    spki: spkiOf[scope],
    format: 'raw-key',
    purpose: 'evidence',
    holder: 'AMD',
    country: 'US',
    sha256,
    spkiSha256,
    scope,
    status: 'pinned',
    source: `https://developer.amd.com/wp-content/resources/ask_ark_${scope.toLowerCase()}.cert`,
  })),
  {
    subject: '',
    spki: roots.demo,
    format: 'raw-key',
    purpose: 'evidence',
    holder: 'Attestation Explorer demonstration',
    country: '',
    source: '',
    status: 'demonstration',
    scope: 'Naples',
    sha256: 'e997bc0402f27652b44f1e0825a90c1876f92e0303f0d2960552e160c83a831a',
    spkiSha256: '7a56255420ba2f717678e6c85b7e6c109f5e0f9b1e6fdf78fe9e4138b5e2f383',
  },
]
