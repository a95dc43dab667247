import { type ArtifactIndex, bytesOf, sliceOf } from '../../core/place.ts'
import { say } from '../../core/saying.ts'
import type { AppraisalContext, Appraiser, CaseItem, Prepared } from '../../core/scheme.ts'
import type { CollateralUse, RootFinding } from '../../core/verdict.ts'
import { member, parseJson, textOf } from '../../bytes/json.ts'
import { toHex } from '../../bytes/layout.ts'
import { verifyJose } from '../../crypto/jose.ts'
import type { VerifyResult } from '../../crypto/types.ts'
import { digest } from '../../crypto/verify.ts'
import { base64Text } from '../../envelope/base64.ts'
import { readCertificate } from '../../pki/certificate.ts'
import { rootFinding, verifyPath } from '../../pki/path.ts'
import type { Certificate, PathProfile, PathResult } from '../../pki/types.ts'
import { digestsMatch } from './checks/digests-match.ts'
import { issuerIsNvidia } from './checks/issuer-is-nvidia.ts'
import { serviceSaysYes } from './checks/service-says-yes.ts'
import { tokenInDate } from './checks/token-in-date.ts'
import { tokenKeyCertified } from './checks/token-key-certified.ts'
import { tokensSigned } from './checks/tokens-signed.ts'
import { FORMATS } from './formats.ts'
import { claimSeconds, claimText, compactText, statedDigest, type Reply, type Token } from './token.ts'

/** What came of one token. */
export interface TokenStanding {
  readonly token: Token
  /** Undefined when its key is in no key set here. */
  readonly signature: VerifyResult | undefined
  /** Undefined for the token over all. */
  readonly digestMatches: boolean | undefined
}

/** What the checks of a reply read. */
export interface PreparedReply extends Prepared {
  readonly artifact: ArtifactIndex
  readonly reply: Reply
  readonly tokens: readonly TokenStanding[]
  readonly path: PathResult | undefined
}

const NO_ROOT: RootFinding = {
  status: 'none',
  holder: 'NVIDIA',
  country: 'US',
  purpose: 'service-token',
  spkiSha256: '',
  sha256: '',
}

/** Leaves are P-384 under an RSA or a P-384 intermediate, whose own issuer is published nowhere. */
const PROFILE: PathProfile = {
  id: 'nvidia-service',
  knownCritical: [],
  algorithms: ['ec:P-384/ecdsa-with-SHA384', 'rsa/sha256WithRSAEncryption', 'rsa/sha384WithRSAEncryption'],
}

interface Key {
  readonly kid: string
  readonly chain: readonly Certificate[]
  /** The set in which it came. */
  readonly item: CaseItem
}

/** Keys of every set among the files: by their certificates, whose key is the one that counts. */
function keysOf(items: readonly CaseItem[]): Key[] {
  return items.flatMap((item) => {
    if (item.parent !== null || item.slice.bytes[item.slice.start] !== 0x7b) return []
    const keys = member(parseJson(item.slice).value, 'keys')
    return keys?.kind !== 'array'
      ? []
      : keys.items.slice(0, 256).map((key): Key => {
          const x5c = member(key, 'x5c')
          const texts = x5c?.kind === 'array' ? x5c.items.slice(0, 8).map((one) => textOf(one) ?? '') : []
          const chain = texts.flatMap((text) => {
            const read = base64Text(text)
            return (read && readCertificate(sliceOf('', bytesOf(read.slice)))) ?? []
          })
          return { kid: textOf(member(key, 'kid')) ?? '', chain, item }
        })
  })
}

/** The key sets whose keys were held against tokens of this reply, each once. */
function setsUsed(signers: readonly (Signer | undefined)[]): CollateralUse[] {
  const taken = signers.flatMap((one) => one?.key ?? [])
  return taken
    .filter(({ item }, i) => taken.findIndex((one) => one.item === item) === i)
    .map(({ kid, item }) => ({
      kind: 'jwks',
      key: kid,
      artifact: item.artifact,
      origin: item.origin,
      use: 'used',
      because: say('nvidia.jwks-used'),
      from: null,
      to: null,
    }))
}

/** Most keys of one name that are tried. */
const MOST_ALIKE = 16

interface Signer {
  readonly key: Key
  readonly result: VerifyResult
  readonly path: PathResult
}

/**
 * Of several keys that a token's `kid` names, the one that signed it, before all under a root that is known. Who adds a file cannot break a token with it:
 * only a key that such a root vouches for speaks against one.
 */
async function signerOf(token: Token, keys: readonly Key[], context: AppraisalContext): Promise<Signer | undefined> {
  const { signature, signingInput } = token.jws
  const made = claimSeconds(token.claims, 'iat')
  let best: (Signer & { readonly rank: number }) | undefined
  const named = keys.filter(({ kid, chain }) => token.kid !== '' && kid === token.kid && chain.length > 0)
  const alike = new Map(named.map((key) => [key.chain.map(({ slice }) => toHex(bytesOf(slice))).join(), key]))
  for (const key of [...alike.values()].slice(0, MOST_ALIKE)) {
    const [leaf, ...pool] = key.chain
    if (!leaf) continue
    const result = await verifyJose(
      {
        algorithm: token.algorithm,
        allowed: ['ES384'],
        signingInput: bytesOf(signingInput),
        signature: signature.slice ? bytesOf(signature.slice) : new Uint8Array(),
      },
      bytesOf(leaf.spki),
    )
    const path = await verifyPath({
      leaf,
      pool,
      anchors: context.anchors,
      purpose: 'service-token',
      profile: PROFILE,
      // A key lives for two days: whether it was valid is asked of the time at which it signed.
      at: made === undefined ? context.at : made * 1000,
    })
    const rank = (result.result === 'valid' ? 2 : 0) + (path.anchor && path.faults.length === 0 ? 1 : 0)
    if (rank > 0 && rank > (best?.rank ?? 0)) best = { key, result, path, rank }
  }
  return best
}

async function prepare(subject: CaseItem, context: AppraisalContext): Promise<PreparedReply> {
  const reply = subject.decoded as Reply
  const keys = keysOf(context.items)
  const tokens: TokenStanding[] = []
  const overall = reply.overall && (await signerOf(reply.overall, keys, context))
  if (reply.overall) tokens.push({ token: reply.overall, signature: overall?.result, digestMatches: undefined })
  const signers = [overall]
  for (const token of reply.devices) {
    const signer = await signerOf(token, keys, context)
    signers.push(signer)
    tokens.push({
      token,
      signature: signer?.result,
      digestMatches: toHex(await digest('SHA-256', compactText(token))) === statedDigest(reply.overall, token.device),
    })
  }
  const path = overall?.path
  const root = path ? await rootFinding(path, 'service-token') : NO_ROOT
  return {
    artifact: subject.artifact,
    reply,
    tokens,
    path,
    root: root.status === 'pinned' ? { ...root, note: say('nvidia.token-root') } : root,
    collateral: setsUsed(signers),
    wishes:
      overall || !reply.overall
        ? []
        : [
            {
              kind: 'jwks',
              key: reply.overall.kid,
              title: say('wish.nvidia.jwks', { kid: reply.overall.kid }),
              urls: [JWKS],
              curl: `curl -s ${JWKS} -o jwks.json`,
            },
          ],
    nodes: [],
    timeline: [],
    ladders: [],
    vendor: null,
    doesNotProve: ['limit.nvidia.service', 'limit.nvidia.memory'],
  }
}
const JWKS = 'https://nras.attestation.nvidia.com/.well-known/jwks.json'

/** True when the service itself says no, of all or of one device. */
export function saysNo({ overall, devices }: Reply): boolean {
  return (
    claimText(overall?.claims, 'x-nvidia-overall-att-result') === 'false' ||
    devices.some((one) => member(one.claims, 'x-nvidia-error-details') !== undefined)
  )
}

/** Appraises replies of the service. */
export const tokenAppraiser: Appraiser<PreparedReply> = {
  formats: [FORMATS.token],
  prepare,
  notJudged: ['nvidia.not-judged.claims'],
  checks: [tokensSigned, digestsMatch, issuerIsNvidia, tokenKeyCertified, tokenInDate, serviceSaysYes],
}
