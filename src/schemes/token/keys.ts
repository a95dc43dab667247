import type { AppraisalContext, CaseItem } from '../../core/scheme.ts'
import type { RootFinding, RootStatus } from '../../core/verdict.ts'
import { bytesOf } from '../../core/place.ts'
import { say, type Saying } from '../../core/saying.ts'
import { toHex } from '../../bytes/layout.ts'
import { candidateKeys, rawKeyRoot, type CandidateKey } from '../../crypto/given-keys.ts'
import { isJoseKey, joseAlgorithm, JOSE_ALGORITHMS, verifyJose, type JoseAlgorithm } from '../../crypto/jose.ts'
import { keyKindOf, readSpki } from '../../crypto/spki.ts'
import { digest } from '../../crypto/verify.ts'
import { rootFinding, verifyPath } from '../../pki/path.ts'
import { readCertificate } from '../../pki/certificate.ts'
import type { PathProfile, PathResult } from '../../pki/types.ts'
import { headerText, keyIdOf, type Token } from './decoded.ts'
import type { Service } from './services.ts'

/** What came of looking for the key that signed a token. */
export interface TokenSignature {
  /** `none`: nothing was tried that could have made it. */
  readonly state: 'valid' | 'invalid' | 'unsupported' | 'none'
  readonly because: Saying
  /** Where the key came from. A key `token` brought vouches for nothing but itself. */
  readonly from: 'chain' | 'file' | 'token' | undefined
  readonly isShort: boolean
  readonly spki: Uint8Array | undefined
  readonly root: RootFinding
  readonly path: PathResult | undefined
  readonly candidates: readonly CandidateKey[]
  readonly used: CandidateKey | undefined
  /** Its own key made the signature, and a key that the reader gave did not. */
  readonly isNotByGiven?: boolean
}

/** Chains of token services: RSA with SHA-256, or P-256 and P-384 where an operator issues them. */
export const PROFILE: PathProfile = {
  id: 'token',
  knownCritical: [],
  algorithms: [
    'rsa/sha256WithRSAEncryption',
    'rsa/sha384WithRSAEncryption',
    'ec:P-256/ecdsa-with-SHA256',
    'ec:P-384/ecdsa-with-SHA384',
    'ec:P-384/ecdsa-with-SHA256',
  ],
}

const HELD: readonly RootStatus[] = ['pinned', 'added', 'demonstration', 'development', 'switched-off']
const NO_ROOT = rawKeyRoot(undefined)

/** Tries what may have signed it: the chain that it carries, then the keys that the reader gave, and last its own key, which proves nothing about whose it is. */
export async function findSignature(
  token: Token,
  service: Service | undefined,
  context: AppraisalContext,
): Promise<TokenSignature> {
  const allowed = service?.algorithms ?? JOSE_ALGORITHMS
  const name = headerText(token, 'alg') ?? ''
  const algorithm = joseAlgorithm(name)
  const candidates = [...(await candidateKeys(context, 'service-token')), ...(await certificateKeys(context))]
  const empty = {
    from: undefined,
    isShort: false,
    spki: undefined,
    root: NO_ROOT,
    path: undefined,
    candidates,
    used: undefined,
  }
  if (!token.message || !token.signature || !algorithm)
    return {
      state: 'none',
      because: say(algorithm ? 'jwt.no-signature' : 'jwt.alg-unusable', { name: name.slice(0, 32) }),
      ...empty,
    }
  const tried = (spki: Uint8Array) => attempt(token, name, allowed, spki)
  const [leaf, ...pool] = token.certificates
  const path =
    leaf &&
    (await verifyPath({
      leaf,
      pool,
      anchors: context.anchors,
      purpose: 'service-token',
      profile: PROFILE,
      at: context.at,
    }))
  if (leaf && path && HELD.includes(path.rootStatus))
    return {
      ...empty,
      ...(await tried(bytesOf(leaf.spki))),
      from: 'chain',
      spki: bytesOf(leaf.spki),
      root: await rootFinding(path, 'service-token'),
      path,
    }
  const given = await byGivenKey(token, algorithm, candidates, tried)
  const own = leaf ? { spki: bytesOf(leaf.spki) } : token.ownKeys[0]
  const unknown: RootFinding | undefined = own && {
    ...NO_ROOT,
    status: 'unknown',
    holder: service?.name ?? '',
    spkiSha256: toHex(await digest('SHA-256', own.spki)),
  }
  if (given.state === 'valid' && given.key)
    return {
      ...empty,
      ...given,
      from: 'file',
      spki: given.key.spki,
      used: given.key,
      root: { ...rawKeyRoot(given.key), purpose: 'service-token' },
      path,
    }
  if (given.state === 'invalid') return { ...empty, ...given, path, root: unknown ?? NO_ROOT }
  if (own && unknown) {
    const result = await tried(own.spki)
    return { ...empty, ...result, from: 'token', spki: own.spki, root: unknown, path, isNotByGiven: given.hasTried }
  }
  return { ...empty, ...given, path }
}

async function attempt(token: Token, algorithm: string, allowed: readonly JoseAlgorithm[], spki: Uint8Array) {
  const signature = token.signature ? bytesOf(token.signature) : new Uint8Array()
  const { result, because, isShort } = await verifyJose(
    { algorithm, allowed, signingInput: token.signingInput, signature },
    spki,
  )
  return { state: result, because, isShort } as const
}

type Attempt = Awaited<ReturnType<typeof attempt>>

/**
 * `kid` chooses among the keys that carry one. Only a key that the token names can speak against it; where it names none, a key that does not fit is anybody's:
 * a set without that `kid` is another set, and the key is missing here.
 */
async function byGivenKey(
  token: Token,
  algorithm: JoseAlgorithm,
  candidates: readonly CandidateKey[],
  tried: (spki: Uint8Array) => Promise<Attempt>,
): Promise<{
  state: TokenSignature['state']
  because: Saying
  isShort: boolean
  key?: CandidateKey
  hasTried: boolean
}> {
  const { text: keyId } = keyIdOf(token)
  let failed: Attempt | undefined
  let isOther = false
  let hasTried = false
  for (const key of candidates) {
    const isNamed = keyId !== undefined && key.keyId !== undefined && sameKeyId(keyId, key.keyId)
    if (keyId !== undefined && key.keyId !== undefined && !isNamed) {
      isOther = true
      continue
    }
    const kind = keyKindOf(readSpki(key.spki))
    if (
      !isJoseKey(algorithm, kind) ||
      (key.algorithm !== undefined && key.algorithm !== algorithm) ||
      key.use === 'enc'
    ) {
      isOther = true
      continue
    }
    const result = await tried(key.spki)
    if (result.state === 'valid') return { ...result, key, hasTried: true }
    if (isNamed) failed ??= result
    // A token that names no key may be by anybody: the file with this one does not belong to it, and breaks nothing.
    else if (keyId === undefined && result.state === 'invalid') hasTried = true
    else if (keyId === undefined) failed ??= result
    else isOther = true
  }
  if (failed)
    return {
      ...failed,
      because: failed.because.code === 'signature' ? say('jwt.signature-or-key') : failed.because,
      hasTried: true,
    }
  return {
    state: 'none',
    isShort: false,
    hasTried,
    because: hasTried
      ? say('jwt.given-did-not-sign')
      : isOther
        ? say('jwt.kid-not-among', { kid: (keyId ?? '').slice(0, 80) })
        : say('jwt.no-key'),
  }
}

/** Some write the same bytes with the other alphabet or with padding. */
function sameKeyId(one: string, other: string): boolean {
  const plain = (text: string) => text.replace(/=+$/, '').replaceAll('+', '-').replaceAll('/', '_')
  return plain(one) === plain(other)
}

/** A certificate that was dropped by itself is a key that was given. */
async function certificateKeys(context: AppraisalContext): Promise<CandidateKey[]> {
  const found: CandidateKey[] = []
  for (const item of context.items) {
    if (!isDroppedCertificate(item)) continue
    const certificate = readCertificate(item.slice)
    // A bare key that is too short for other uses is still looked at here: it holds with a warning.
    const bare = item.format === 'x509.public-key' ? bytesOf(item.slice) : undefined
    const spki = certificate ? bytesOf(certificate.spki) : bare
    if (!spki) continue
    const sha256 = toHex(await digest('SHA-256', spki))
    const anchor = context.anchors.find((one) => one.purpose === 'service-token' && one.spkiSha256 === sha256)
    found.push({
      spki,
      kind: certificate?.keyKind ?? keyKindOf(readSpki(spki)),
      status: anchor ? (anchor.status ?? 'pinned') : 'added',
      holder: anchor?.holder ?? item.name,
      country: anchor?.country ?? '',
      sha256,
      source: { item, range: { space: item.slice.space, start: item.slice.start, end: item.slice.end } },
      beside: [],
      keyId: undefined,
      algorithm: undefined,
      use: undefined,
    })
  }
  return found
}

const isDroppedCertificate = (item: CaseItem) =>
  item.origin !== 'embedded' && item.slice.bytes[item.slice.start] === 0x30 && item.message !== 'evidence'
