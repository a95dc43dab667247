import { type ArtifactIndex, bytesOf, rangeOf } from '../../core/place.ts'
import { say } from '../../core/saying.ts'
import type { AppraisalContext, CaseItem, Prepared } from '../../core/scheme.ts'
import type { CollateralWish, TimelineEntry, TrustNode, WholePath } from '../../core/verdict.ts'
import { sameBytes } from '../../bytes/layout.ts'
import { toBase64Url } from '../../envelope/base64.ts'
import { keyUses } from '../../crypto/given-keys.ts'
import { digest } from '../../crypto/verify.ts'
import { encodePem } from '../../envelope/pem.ts'
import { dateClaim, keyIdOf, textClaim, type Token } from './decoded.ts'
import { debugOf } from './facts.ts'
import { findSignature, type TokenSignature } from './keys.ts'
import { policyHashes, runtimeTie } from './runtime.ts'
import { issuerStanding, serviceOf, type IssuerStanding, type Service } from './services.ts'

/** What the checks of a token read. */
export interface PreparedToken extends Prepared {
  readonly artifact: ArtifactIndex
  readonly token: Token
  readonly service: Service | undefined
  readonly signature: TokenSignature
  readonly issuer: IssuerStanding
  readonly runtime: 'holds' | 'open' | undefined
  /** Whether the token's `kid` is the hash of the key's PEM text, as MAA makes it; undefined without a key or a `kid`. */
  readonly keyIdIsHash: boolean | undefined
  /** The dropped file whose digest is the policy hash. */
  readonly policyFile: CaseItem | undefined
}

/** SHA-256 over the key as PEM in lines of 64 characters, with one NUL behind: Open Enclave's way, and MAA's. */
export async function pemHash(spki: Uint8Array): Promise<Uint8Array> {
  const pem = encodePem('PUBLIC KEY', spki)
  return digest('SHA-256', new TextEncoder().encode(`${pem.endsWith('\n') ? pem : `${pem}\n`}\0`))
}

async function keyIdMatches(token: Token, spki: Uint8Array | undefined): Promise<boolean | undefined> {
  const { text } = keyIdOf(token)
  if (text === undefined || !spki) return undefined
  const plain = text.replace(/=+$/, '').replaceAll('+', '-').replaceAll('/', '_')
  return plain === toBase64Url(await pemHash(spki))
}

async function policyFileOf(token: Token, context: AppraisalContext): Promise<CaseItem | undefined> {
  const wanted = (textClaim(token, 'x-ms-policy-hash') ?? textClaim(token, 'x-ms-policy-token-hash'))?.value.replace(
    /=+$/,
    '',
  )
  if (wanted === undefined) return undefined
  for (const item of context.items) {
    if (item.parent !== null || item.slice.end - item.slice.start > 1 << 20) continue
    if ((await policyHashes(bytesOf(item.slice))).includes(wanted)) return item
  }
  return undefined
}

/** Finds the key and everything that can be recomputed; what the claims amount to is left to the checks. */
export async function prepare(subject: CaseItem, context: AppraisalContext): Promise<PreparedToken> {
  const token = subject.decoded as Token
  const service = serviceOf(token)
  const signature = await findSignature(token, service, context)
  const issuer = issuerStanding(token, service)
  const { root } = signature
  return {
    artifact: subject.artifact,
    token,
    service,
    signature,
    issuer,
    runtime: await runtimeTie(token),
    keyIdIsHash: service?.id === 'maa' ? await keyIdMatches(token, signature.spki) : undefined,
    policyFile: await policyFileOf(token, context),
    root: root.holder === '' && root.status !== 'none' ? { ...root, holder: service?.name ?? '' } : root,
    ...(service ? { speaker: service.name } : {}),
    collateral: keyUses(signature.candidates, signature.state === 'valid' ? signature.used : undefined),
    ladders: [],
    wishes: wishes(token, service, signature, issuer),
    timeline: timeline(token),
    nodes: nodes(subject.artifact, token, service, signature),
    ...(signature.from === 'chain' ? {} : { wholePath: WHOLE_PATH }),
    vendor: {
      scheme: 'token',
      tcbStatus: null,
      error: null,
      advisories: [],
      tcbDate: null,
      evaluationNumber: null,
      debug: debugOf(token)?.value ?? null,
    },
    doesNotProve: [
      'limit.token.word',
      ...(service ? [`limit.token.${service.id}` as const] : []),
      ...(signature.from === 'file' ? ['limit.token.given-key' as const] : []),
    ],
  }
}

/** An address is offered only for an issuer that is known, and is made from that, never from what the header says. */
function wishes(
  token: Token,
  service: Service | undefined,
  signature: TokenSignature,
  issuer: IssuerStanding,
): CollateralWish[] {
  if (signature.state === 'valid' && signature.from !== 'token') return []
  const url =
    issuer === 'service' || issuer === 'test'
      ? service?.keys((textClaim(token, 'iss')?.value ?? '').replace(/\/$/, ''))
      : undefined
  const isAddress = url?.startsWith('https://') === true
  return [
    {
      kind: 'public-key',
      key: keyIdOf(token).text?.slice(0, 100) ?? '',
      title: say('wish.token.keys'),
      urls: url !== undefined && isAddress ? [url] : [],
      curl: url !== undefined && isAddress ? `curl -sS -o keys.json '${url.replaceAll("'", '')}'` : '',
    },
  ]
}

function timeline(token: Token): TimelineEntry[] {
  const at = (name: 'iat' | 'nbf' | 'exp') => {
    const date = dateClaim(token, name)
    return date === undefined || date === 'odd' ? undefined : date.value
  }
  const from = at('nbf') ?? at('iat')
  const to = at('exp')
  const iso = (time: number | undefined) => (time === undefined ? null : new Date(time).toISOString())
  return from === undefined && to === undefined
    ? []
    : [{ id: 'token', title: say('timeline.token'), kind: 'evidence', from: iso(from), to: iso(to) }]
}

function nodes(
  artifact: ArtifactIndex,
  token: Token,
  service: Service | undefined,
  signature: TokenSignature,
): TrustNode[] {
  const all: TrustNode[] = []
  if (signature.root.status !== 'none')
    all.push({ id: 'root', kind: 'root', title: say('node.token.key'), name: signature.root.holder })
  for (const [i, certificate] of (signature.from === 'chain' ? (signature.path?.path ?? []) : []).entries()) {
    const isRoot = i + 1 === signature.path?.path.length && sameBytes(certificate.subject.der, certificate.issuer.der)
    if (!isRoot)
      all.push({
        id: `certificate${i}`,
        kind: 'certificate',
        title: say('node.token.certificate'),
        name: certificate.subject.commonName,
      })
  }
  if (token.payload)
    all.push({
      id: 'token',
      kind: 'content',
      title: say('node.token.claims'),
      name: service?.name ?? '',
      cite: { artifact, path: 'payload', ranges: [rangeOf(token.payload.slice)] },
    })
  return all
}

const WHOLE_PATH: WholePath = {
  nodes: [
    { id: 'root', kind: 'root', title: say('node.token.key') },
    { id: 'token', kind: 'content', title: say('node.token.claims') },
  ],
  steps: [{ from: 'root', to: 'token', by: 'signature', check: 'jwt.signed-by-key' }],
}
