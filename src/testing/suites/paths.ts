import { sliceOf } from '../../core/place.ts'
import type { TrustAnchor } from '../../core/scheme.ts'
import { readCertificate } from '../../pki/certificate.ts'
import { FULL_LIST, readCrl, revocation } from '../../pki/crl.ts'
import { issuersAmong } from '../../pki/issuers.ts'
import { POOL_LIMIT, verifyPath } from '../../pki/path.ts'
import { anchorOf } from '../../pki/testing.ts'
import type { Certificate, Crl, PathProfile, PathResult } from '../../pki/types.ts'

/** What suites of certificate paths ask: one leaf, a heap of others, roots, an instant. */
export interface Question {
  readonly leaf: Uint8Array
  readonly pool: readonly Uint8Array[]
  readonly roots: readonly Uint8Array[]
  readonly lists: readonly Uint8Array[]
  readonly at: number
  readonly maxDepth?: number
  /** The evidence brings its roots along too. */
  readonly carriesRoots?: boolean
}

/** Takes every algorithm that is not weak, so that only the path decides. */
const PROFILE: PathProfile = {
  id: 'suite',
  knownCritical: [],
  algorithms: ['ec:P-256', 'ec:P-384', 'ec:P-521', 'rsa', 'ed25519'].flatMap((key) =>
    [
      'ecdsa-with-SHA256',
      'ecdsa-with-SHA384',
      'ecdsa-with-SHA512',
      'sha256WithRSAEncryption',
      'sha384WithRSAEncryption',
      'sha512WithRSAEncryption',
      'rsassa-pss-SHA256',
      'rsassa-pss-SHA384',
      'rsassa-pss-SHA512',
      'Ed25519',
    ].map((name) => `${key}/${name}`),
  ),
}

const certificateOf = (der: Uint8Array): Certificate | undefined => readCertificate(sliceOf('', der))

/** True when the path is beyond doubt and, where lists are given, nobody on it is revoked. */
export async function isAccepted(question: Question): Promise<boolean> {
  const leaf = certificateOf(question.leaf)
  if (!leaf) return false
  const roots = question.roots.flatMap((der) => certificateOf(der) ?? [])
  const anchors: TrustAnchor[] = []
  for (const root of roots) anchors.push(await anchorOf(root))
  const pool = [...question.pool.flatMap((der) => certificateOf(der) ?? []), ...(question.carriesRoots ? roots : [])]
  const path = await verifyPath({
    leaf,
    pool: pool.length > POOL_LIMIT ? await issuersAmong(leaf, pool, anchors) : pool,
    anchors,
    purpose: 'evidence',
    profile: { ...PROFILE, ...(question.maxDepth === undefined ? {} : { maxDepth: question.maxDepth }) },
    at: question.at,
  })
  if (path.rootStatus !== 'pinned' || path.faults.length + path.outside.length + path.unsupported.length > 0)
    return false
  const lists = question.lists.flatMap((der) => readCrl(sliceOf('', der)) ?? [])
  return question.lists.length === 0 || (await nobodyRevoked(path, lists, question.at))
}

async function nobodyRevoked({ path }: PathResult, lists: readonly Crl[], at: number): Promise<boolean> {
  for (const [i, certificate] of path.entries()) {
    const issuer = path[i + 1]
    if (issuer && (await revocation(certificate, issuer, lists, at, FULL_LIST)).state !== 'not-listed') return false
  }
  return true
}
