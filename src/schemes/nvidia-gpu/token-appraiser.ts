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

/** The key sets that tokens of this reply were verified with, each once. */
function setsUsed(all: readonly Token[], keys: readonly Key[]): CollateralUse[] {
  const taken = all.flatMap(({ kid }) => keyOf(kid, keys) ?? [])
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

/** The key of that name, where its set brings the certificate that counts. */
function keyOf(kid: string, keys: readonly Key[]): Key | undefined {
  const key = kid === '' ? undefined : keys.find((one) => one.kid === kid)
  return key?.chain[0] && key
}

async function prepare(subject: CaseItem, context: AppraisalContext): Promise<PreparedReply> {
  const reply = subject.decoded as Reply
  const keys = keysOf(context.items)
  const all = [...(reply.overall ? [reply.overall] : []), ...reply.devices]
  const tokens: TokenStanding[] = []
  for (const token of all) {
    const leaf = keyOf(token.kid, keys)?.chain[0]
    const { signature } = token.jws
    tokens.push({
      token,
      signature:
        leaf &&
        (await verifyJose(
          {
            algorithm: token.algorithm,
            allowed: ['ES384'],
            signingInput: bytesOf(token.jws.signingInput),
            signature: signature.slice ? bytesOf(signature.slice) : new Uint8Array(),
          },
          bytesOf(leaf.spki),
        )),
      digestMatches:
        token.device === ''
          ? undefined
          : toHex(await digest('SHA-256', compactText(token))) === statedDigest(reply.overall, token.device),
    })
  }
  const [leaf, ...pool] = keys.find((key) => key.kid === reply.overall?.kid)?.chain ?? []
  const made = claimSeconds(reply.overall?.claims, 'iat')
  const path =
    leaf &&
    (await verifyPath({
      leaf,
      pool,
      anchors: context.anchors,
      purpose: 'service-token',
      profile: PROFILE,
      // A key lives for two days: whether it was valid is asked of the time at which it signed.
      at: made === undefined ? context.at : made * 1000,
    }))
  const root = path ? await rootFinding(path, 'service-token') : NO_ROOT
  return {
    artifact: subject.artifact,
    reply,
    tokens,
    path,
    root: root.status === 'pinned' ? { ...root, note: say('nvidia.token-root') } : root,
    collateral: setsUsed(all, keys),
    wishes:
      leaf || !reply.overall
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
