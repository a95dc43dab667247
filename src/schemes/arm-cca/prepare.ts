import { type ArtifactIndex, rangeOf } from '../../core/place.ts'
import { say } from '../../core/saying.ts'
import type { AppraisalContext, CaseItem, Prepared } from '../../core/scheme.ts'
import type { CollateralWish, TrustNode, WholePath } from '../../core/verdict.ts'
import { fromHex, sameBytes, toHex } from '../../bytes/layout.ts'
import { verifyCose } from '../../crypto/cose.ts'
import {
  candidateKeys,
  keyUses,
  rawKeyRoot,
  verifyWithAny,
  type CandidateKey,
  type GivenSignature,
} from '../../crypto/given-keys.ts'
import type { HashName, VerifyResult } from '../../crypto/types.ts'
import { digest } from '../../crypto/verify.ts'
import { spokenName } from '../../pki/names.ts'
import { rootFinding } from '../../pki/path.ts'
import { aikOf, type Aik } from './aik.ts'
import { bytesClaim, claimPath, lifecycleOf, textClaim, type CcaToken, type Part } from './decoded.ts'
import { bindingClaim } from './layout.ts'

/** What the checks of a token read: everything worked out once. */
export interface PreparedCca extends Prepared {
  readonly artifact: ArtifactIndex
  readonly token: CcaToken
  /** Of the platform's token by a given key; undefined when there is no such token. */
  readonly platformSignature: GivenSignature | undefined
  /** Of the realm's token by the key inside it; undefined when one of the two is missing. */
  readonly realmSignature: VerifyResult | undefined
  readonly binding: Binding
  /** virtCCA without a platform's token: the certificate that may name the token's key. */
  readonly aik: Aik
}

/** The digest of the realm's key, and what the platform's token says it should be. */
export type Binding =
  | { readonly state: 'missing' }
  | { readonly state: 'unknown-hash'; readonly name: string }
  | { readonly state: 'unknown-profile'; readonly name: string }
  | {
      readonly state: 'compared'
      readonly isSame: boolean
      readonly found: string
      readonly expected: string
      readonly hash: string
    }

// IANA's names, and spellings that were met.
const HASHES: Readonly<Record<string, HashName>> = {
  'sha-256': 'SHA-256',
  'sha-384': 'SHA-384',
  'sha-512': 'SHA-512',
  sha256: 'SHA-256',
  sha384: 'SHA-384',
  sha512: 'SHA-512',
}

/** Verifies both signatures and computes the binding between the tokens. */
export async function prepare(subject: CaseItem, context: AppraisalContext): Promise<PreparedCca> {
  const token = subject.decoded as CcaToken
  const keys = (await candidateKeys(context, 'evidence')).filter((key) => isFor(key, token))
  const platformSignature =
    token.platform?.message &&
    (await verifyWithAny(token.platform.message, keys, bytesClaim(token.platform, 256, 'instanceId')?.value))
  const realmSignature =
    token.realm?.message && token.realmSpki && (await verifyCose(token.realm.message, token.realmSpki))
  const key = platformSignature?.key
  const lifecycle = lifecycleOf(token)
  const aik: Aik = token.kind === 'virt' ? await aikOf(subject, token.realmSpki, context) : { state: 'missing' }
  return {
    artifact: subject.artifact,
    token,
    platformSignature,
    realmSignature,
    binding: await bindingOf(token),
    aik,
    root: aik.state === 'same' ? await rootFinding(aik.path) : rawKeyRoot(key),
    collateral: keyUses(keys, platformSignature?.state === 'valid' ? key : undefined),
    wishes: platformSignature && !key ? [wish(token)] : [],
    ladders: [],
    timeline: [],
    nodes: [...aikNodes(aik), ...nodesOf(subject.artifact, token, key)],
    ...(token.kind === 'virt' ? {} : { wholePath: WHOLE_PATH }),
    vendor: {
      scheme: 'arm-cca',
      tcbStatus: null,
      error: null,
      advisories: [],
      tcbDate: null,
      evaluationNumber: null,
      debug: lifecycle ? lifecycle.value >= 0x5000 && lifecycle.value <= 0x50ff : null,
    },
    doesNotProve: [
      token.kind !== 'virt'
        ? 'limit.cca.endorsement'
        : aik.state === 'same'
          ? 'limit.cca.virtcca-anchored'
          : 'limit.cca.virtcca',
      'limit.cca.revocation',
      'limit.cca.level',
      'limit.cca.code',
    ],
  }
}

/** A list of trust anchors may name the instance that a key is for; a key for another instance is left aside. */
function isFor(key: CandidateKey, token: CcaToken): boolean {
  const instance = key.beside.find(({ name }) => name === 'instance-id')?.text
  const own = bytesClaim(token.platform, 256, 'instanceId')
  const wanted = instance === undefined ? undefined : fromHex(instance)
  return wanted === undefined || own === undefined || sameBytes(wanted, own.value)
}

/** The claim of the platform's token that names the realm's key. */
export function boundDigest(token: CcaToken): ReturnType<typeof bytesClaim> {
  const claim = bindingClaim(textClaim(token.platform, 265) ?? '')
  return claim && bytesClaim(token.platform, claim.key, claim.name)
}

async function bindingOf(token: CcaToken): Promise<Binding> {
  const profile = textClaim(token.platform, 265)
  if (profile !== undefined && !bindingClaim(profile)) return { state: 'unknown-profile', name: profile.slice(0, 80) }
  const challenge = boundDigest(token)
  const name = textClaim(token.realm, 44240)
  if (!challenge || !token.realmKey || name === undefined) return { state: 'missing' }
  const hash = Object.hasOwn(HASHES, name.toLowerCase()) ? HASHES[name.toLowerCase()] : undefined
  if (!hash) return { state: 'unknown-hash', name: name.slice(0, 40) }
  const found = await digest(hash, token.realmKey.value)
  return {
    state: 'compared',
    isSame: sameBytes(found, challenge.value),
    found: toHex(found),
    expected: toHex(challenge.value),
    hash: name,
  }
}

function wish(token: CcaToken): CollateralWish {
  const instance = bytesClaim(token.platform, 256, 'instanceId')
  return {
    kind: 'public-key',
    key: instance ? toHex(instance.value) : '',
    title: say('wish.cca.cpak'),
    urls: [],
    curl: '',
  }
}

function aikNodes(aik: Aik): TrustNode[] {
  if (aik.state !== 'same') return []
  const { path, held } = aik
  return path.path
    .map((one, i, list): TrustNode => {
      const isRoot = i > 0 && i === list.length - 1 && path.rootStatus !== 'none'
      return {
        id: isRoot ? 'root' : i === 0 ? 'aik' : `authority${i}`,
        kind: isRoot ? 'root' : 'certificate',
        title: say(i === 0 ? 'node.cca.aik' : 'node.cca.authority'),
        name: spokenName(one.subject),
        ...(i === 0 ? { cite: { artifact: held.item.artifact, path: '', ranges: [rangeOf(one.slice)] } } : {}),
      }
    })
    .toReversed()
}

function nodesOf(artifact: ArtifactIndex, token: CcaToken, key: CandidateKey | undefined): TrustNode[] {
  const nodes: TrustNode[] = []
  if (key)
    nodes.push({
      id: 'root',
      kind: 'root',
      title: say('node.cca.cpak'),
      name: key.holder,
      ...(key.source ? { cite: { artifact: key.source.item.artifact, path: '', ranges: [key.source.range] } } : {}),
    })
  const content = (part: Part | undefined, title: string) => {
    if (part?.message?.payload)
      nodes.push({
        id: part.name,
        kind: 'content',
        title: say(title),
        cite: {
          artifact,
          path: part.path === '' ? 'payload' : `${part.path}.payload`,
          ranges: [rangeOf(part.message.payload)],
        },
      })
  }
  content(token.platform, 'node.cca.platform')
  if (token.realmKey)
    nodes.push({
      id: 'rak',
      kind: 'key',
      title: say('node.cca.rak'),
      cite: { artifact, path: token.realmKey.path, ranges: token.realmKey.ranges },
    })
  content(token.realm, 'node.cca.realm')
  const challenge = bytesClaim(token.realm, 10, 'challenge')
  if (token.realm && challenge)
    nodes.push({
      id: 'challenge',
      kind: 'data',
      title: say('node.cca.challenge'),
      cite: { artifact, path: claimPath(token.realm, 'challenge'), ranges: challenge.ranges },
    })
  return nodes
}

const WHOLE_PATH: WholePath = {
  nodes: [
    { id: 'root', kind: 'root', title: say('node.cca.cpak') },
    { id: 'platform', kind: 'content', title: say('node.cca.platform') },
    { id: 'rak', kind: 'key', title: say('node.cca.rak') },
    { id: 'realm', kind: 'content', title: say('node.cca.realm') },
    { id: 'challenge', kind: 'data', title: say('node.cca.challenge') },
  ],
  steps: [
    { from: 'root', to: 'platform', by: 'signature', check: 'cca.platform-signed' },
    { from: 'platform', to: 'rak', by: 'hash', check: 'cca.realm-key-bound-to-platform' },
    { from: 'rak', to: 'realm', by: 'signature', check: 'cca.realm-signed' },
    { from: 'realm', to: 'challenge', by: 'reference', check: 'cca.realm-signed' },
  ],
}
