import { type ArtifactIndex, bytesOf, rangeOf } from '../../core/place.ts'
import { say, type Saying } from '../../core/saying.ts'
import type { AppraisalContext, CaseItem, Prepared } from '../../core/scheme.ts'
import type { CollateralUse, RootFinding, TrustNode } from '../../core/verdict.ts'
import { sameBytes, toHex } from '../../bytes/layout.ts'
import { verifyCose } from '../../crypto/cose.ts'
import { candidateKeys, keyUses, rawKeyRoot, type CandidateKey } from '../../crypto/given-keys.ts'
import { readSpki } from '../../crypto/spki.ts'
import { digest, verifySignature } from '../../crypto/verify.ts'
import { readCertificate } from '../../pki/certificate.ts'
import { spokenName } from '../../pki/names.ts'
import { rootFinding } from '../../pki/path.ts'
import { verifyPathBeside } from '../../pki/path-beside.ts'
import type { Certificate, PathFault, PathProfile } from '../../pki/types.ts'
import { debugOf, type CborLayer, type Dice } from './decoded.ts'
import { layerClaims, type LayerClaims } from './extensions.ts'
import { FORMATS } from './formats.ts'
import { MULTI_TCB_INFO, OPEN_DICE, TCB_INFO, UEID } from './oids.ts'

/** What is proved about the signature over a layer's certificate. */
export interface Link {
  readonly outcome: 'pass' | 'fail' | 'unsupported' | 'not-checked'
  readonly because: Saying
}

/** A layer on the path, in the words of DICE. */
export interface Layer {
  readonly name: string
  readonly claims: LayerClaims
}

/** What the checks of DICE read. The subject's own layer comes first, the layer nearest the root last. */
export interface PreparedDice extends Prepared {
  readonly artifact: ArtifactIndex
  readonly dice: Dice
  readonly layers: readonly Layer[]
  /** The signature over the subject's own layer. */
  readonly own: Link
  /** Those above it. */
  readonly above: readonly Link[]
  readonly faults: readonly PathFault[]
  readonly outside: readonly PathFault[]
  /** Artifacts of this scheme that the path runs through. */
  readonly binds: readonly number[]
  /** Whether a serial number that looks like a digest is the digest of the layer's key; undefined where there is none. */
  readonly serialIsKey: boolean | undefined
  readonly minimum: Readonly<Record<string, number>> | undefined
}

const CURVES = ['ec:P-256', 'ec:P-384', 'ec:P-521']
const SIGNATURES = ['ecdsa-with-SHA256', 'ecdsa-with-SHA384', 'ecdsa-with-SHA512']
export const PROFILE: PathProfile = {
  id: 'dice',
  knownCritical: [TCB_INFO, MULTI_TCB_INFO, UEID, OPEN_DICE],
  algorithms: [
    ...CURVES.flatMap((curve) => SIGNATURES.map((signature) => `${curve}/${signature}`)),
    'ed25519/Ed25519',
    'rsa/sha256WithRSAEncryption',
    'rsa/sha384WithRSAEncryption',
  ],
  leafMayBeCa: true,
  leafKeyUsage: null,
  plainConstraints: true,
}

export async function prepare(subject: CaseItem, context: AppraisalContext): Promise<PreparedDice> {
  const dice = subject.decoded as Dice
  const worked = dice.certificate
    ? await byCertificates(dice.certificate, dice, context)
    : await byLayers(subject, dice, context)
  const debug = worked.layers.map(({ claims }) => debugOf(claims)).filter((one) => one !== undefined)
  return {
    artifact: subject.artifact,
    dice,
    ...worked,
    minimum: context.policy.minimumTcb,
    ladders: [],
    wishes:
      worked.root.status === 'none'
        ? [{ kind: 'public-key', key: '', title: say('wish.dice.issuer'), urls: [], curl: '' }]
        : [],
    timeline: [],
    nodes: nodesOf(subject.artifact, dice, worked),
    vendor: {
      scheme: 'dice',
      tcbStatus: null,
      error: null,
      advisories: [],
      tcbDate: null,
      evaluationNumber: null,
      debug: debug.length === 0 ? null : debug.some((one) => one.value),
    },
    doesNotProve: ['limit.dice.root', 'limit.dice.level', 'limit.dice.fresh'],
  }
}

type Worked = Pick<
  PreparedDice,
  'layers' | 'own' | 'above' | 'faults' | 'outside' | 'binds' | 'serialIsKey' | 'root' | 'collateral'
>

/** A certificate of the issuer's name lies beside, and its key did not sign this one. */
const OTHER: Link = { outcome: 'not-checked', because: say('dice.other-key', {}, 'not-for-this') }
const MISSING: Link = { outcome: 'not-checked', because: say('dice.issuer-missing') }

/** `serialNumber=` in a subject, where it has the length of a digest in hex (Caliptra: SHA-256 of the public point). */
async function serialIsKey(certificate: Certificate): Promise<boolean | undefined> {
  const written = /(?:serialNumber|2\.5\.4\.5)=([0-9A-Fa-f]{64})(?![0-9A-Fa-f])/.exec(certificate.subject.text)?.[1]
  const key = readSpki(bytesOf(certificate.spki))
  if (written === undefined || key.kind !== 'ec') return undefined
  return toHex(await digest('SHA-256', key.point)) === written.toLowerCase()
}

async function byCertificates(leaf: Certificate, dice: Dice, context: AppraisalContext): Promise<Worked> {
  const owners = new Map<Certificate, CaseItem>()
  for (const item of context.items) {
    if (item.slice.bytes[item.slice.start] !== 0x30 || item.slice.end - item.slice.start > 1 << 16) continue
    const certificate = readCertificate(item.slice)
    if (certificate && item.origin !== 'embedded') owners.set(certificate, item)
    else if (certificate && item.format === FORMATS.certificate) owners.set(certificate, item)
  }
  const { path, isOther } = await verifyPathBeside({
    leaf,
    // Layers are dropped one by one: another layer is part of the evidence, any other certificate is only somebody's.
    carried: [...dice.pile, ...layersAmong(owners)],
    beside: [...owners.keys()],
    anchors: context.anchors,
    purpose: 'evidence',
    profile: PROFILE,
    at: context.at,
  })
  const links = path.links.map((link): Link => ({ outcome: link.outcome, because: link.because }))
  const top = path.path.at(-1) ?? leaf
  const given = path.rootStatus === 'none' ? await byGivenKey(top, context) : undefined
  const open = isOther ? OTHER : ownLink(leaf, [...dice.pile, ...owners.keys()])
  const [own = given?.link ?? open, ...above] = links
  const added = given?.link.outcome === 'pass' ? rawKeyRoot(given.key) : undefined
  const root = added ?? (await rootFinding(path))
  return {
    layers: path.path.map((one, i) => ({
      name: spokenName(one.subject),
      claims: i === 0 ? dice.claims : layerClaims(one.extensions, 'certificate.extensions'),
    })),
    own,
    above: links.length > 0 && given ? [...above, given.link] : above,
    faults: [...path.faults, ...strangers(dice, path.path)],
    outside: path.outside,
    binds: path.path.flatMap((one) => {
      const item = [...owners].find(([certificate]) => sameBytes(bytesOf(certificate.slice), bytesOf(one.slice)))?.[1]
      return item?.format === FORMATS.certificate ? [item.artifact] : []
    }),
    serialIsKey: await serialIsKey(leaf),
    root,
    collateral: given ? keyUses(given.candidates, added ? given.key : undefined) : [],
  }
}

const layersAmong = (owners: ReadonlyMap<Certificate, CaseItem>): Certificate[] =>
  [...owners].flatMap(([certificate, item]) => (item.format === FORMATS.certificate ? [certificate] : []))

/** A file with a chain is one statement: what stands in it and leads nowhere does not belong to it. */
function strangers({ pile, slice }: Dice, path: readonly Certificate[]): PathFault[] {
  const same = (a: Certificate, b: Certificate) => sameBytes(bytesOf(a.slice), bytesOf(b.slice))
  const extra = pile.find((one) => !path.some((other) => same(one, other)))
  return extra
    ? [{ because: say('dice.not-one-chain', { name: spokenName(extra.subject) }), index: 0, range: rangeOf(slice) }]
    : []
}

/** Names that do not fit are said: two certificates of one product in two versions look like a chain, and are none. */
function ownLink(leaf: Certificate, others: readonly Certificate[]): Link {
  const by = others.find(
    (one) => one.subjectKeyId && leaf.authorityKeyId && sameBytes(one.subjectKeyId, leaf.authorityKeyId),
  )
  if (!by) return { ...MISSING, because: say('dice.issuer-missing') }
  return {
    outcome: 'not-checked',
    because: say(
      'dice.names-differ',
      { issuer: spokenName(leaf.issuer), subject: spokenName(by.subject) },
      'key-foreign',
    ),
  }
}

async function byGivenKey(
  top: Certificate,
  context: AppraisalContext,
): Promise<{ link: Link; key: CandidateKey; candidates: readonly CandidateKey[] } | undefined> {
  const candidates = await candidateKeys(context, 'evidence')
  let open: Link | undefined
  for (const key of candidates) {
    if (!top.algorithm) break
    const { result, because } = await verifySignature(top.algorithm, key.spki, bytesOf(top.tbs), bytesOf(top.signature))
    if (result === 'valid') return { link: { outcome: 'pass', because }, key, candidates }
    open = { outcome: 'not-checked', because: say('dice.other-key', {}, 'key-foreign') }
  }
  const [first] = candidates
  return first && open ? { link: open, key: first, candidates } : undefined
}

interface Signer {
  readonly spki: Uint8Array
  readonly name: string
  readonly status: 'layer' | 'candidate' | 'own'
  readonly candidate?: CandidateKey
  readonly item?: CaseItem
}

async function byLayers(subject: CaseItem, dice: Dice, context: AppraisalContext): Promise<Worked> {
  const links: Link[] = []
  const binds: number[] = []
  const above: CborLayer[] = []
  const candidates = await candidateKeys(context, 'evidence')
  let root: RootFinding = rawKeyRoot(undefined)
  const collateral: CollateralUse[] = []
  // Each layer of a chain is signed by the key of the one before it.
  for (let i = dice.layers.length - 1; i >= 0; i--) {
    const layer = dice.layers[i]
    const before = i > 0 ? dice.layers[i - 1]?.spki : dice.firstKey
    if (!layer) continue
    if (before) links.push(await linkTo(layer, before))
    else if (i > 0) links.push(MISSING)
  }
  const first = dice.layers[0]
  const begin = dice.firstKey
  if (begin) {
    const sha256 = toHex(await digest('SHA-256', begin))
    const known = candidates.find((one) => one.sha256 === sha256)
    const anchor = context.anchors.find((one) => one.spkiSha256 === sha256)
    root = known
      ? rawKeyRoot(known)
      : {
          status: anchor ? (anchor.status ?? 'pinned') : 'unknown',
          holder: anchor?.holder ?? 'UDS',
          country: '',
          purpose: 'evidence',
          spkiSha256: sha256,
          sha256,
        }
  } else if (first) {
    const found = await signerOf(subject, first, candidates, context)
    links.push(found.link)
    if (found.signer?.candidate) root = rawKeyRoot(found.signer.candidate)
    if (found.signer?.status === 'own' && first.spki) {
      const sha256 = toHex(await digest('SHA-256', first.spki))
      root = { ...root, status: 'unknown', holder: first.subject, spkiSha256: sha256, sha256 }
    }
    if (found.signer?.item) binds.push(found.signer.item.artifact)
    above.push(...found.above)
    collateral.push(...keyUses(candidates, found.signer?.candidate))
    // The layer above hangs on its own; what it hangs on stands there.
  }
  const [own = MISSING, ...rest] = links
  const all = [...dice.layers].reverse()
  return {
    layers: [...all, ...above].map((one) => ({ name: one.subject, claims: one.claims })),
    own,
    above: rest,
    faults: nameFaults(dice),
    outside: [],
    binds,
    serialIsKey: undefined,
    root,
    collateral,
  }
}

async function linkTo(layer: CborLayer, spki: Uint8Array): Promise<Link> {
  if (!layer.message) return { outcome: 'not-checked', because: say('dice.unreadable') }
  const { result, because } = await verifyCose(layer.message, spki)
  return { outcome: result === 'valid' ? 'pass' : result === 'invalid' ? 'fail' : 'unsupported', because }
}

async function signerOf(
  subject: CaseItem,
  layer: CborLayer,
  candidates: readonly CandidateKey[],
  context: AppraisalContext,
): Promise<{ link: Link; signer: Signer | undefined; above: readonly CborLayer[] }> {
  const others = context.items.filter(
    (item) => item.format === FORMATS.cbor && item.artifact !== subject.artifact && item.parent === subject.parent,
  )
  const signers: (Signer & { readonly layers: readonly CborLayer[] })[] = [
    ...others.flatMap((item) => {
      const one = (item.decoded as Dice).layers[0]
      return one?.spki ? [{ spki: one.spki, name: one.subject, status: 'layer' as const, item, layers: [one] }] : []
    }),
    ...candidates.map((candidate) => ({
      spki: candidate.spki,
      name: candidate.holder,
      status: 'candidate' as const,
      candidate,
      layers: [],
    })),
    ...(layer.spki && layer.issuer === layer.subject
      ? [{ spki: layer.spki, name: layer.subject, status: 'own' as const, layers: [] }]
      : []),
  ]
  for (const signer of signers) {
    const link = await linkTo(layer, signer.spki)
    if (link.outcome === 'pass') return { link, signer, above: signer.layers }
  }
  return {
    link: signers.length > 0 ? { outcome: 'not-checked', because: say('dice.other-key', {}, 'key-foreign') } : MISSING,
    signer: undefined,
    above: [],
  }
}

/** Every issuer is the subject before it. */
function nameFaults({ layers }: Dice): PathFault[] {
  return layers.flatMap((layer, i): PathFault[] => {
    const before = i > 0 ? layers[i - 1]?.subject : undefined
    return before === undefined || before === layer.issuer
      ? []
      : [
          {
            because: say('dice.names-differ', { issuer: layer.issuer, subject: before }),
            index: layers.length - 1 - i,
            range: rangeOf(layer.slice),
          },
        ]
  })
}

function nodesOf(artifact: ArtifactIndex, dice: Dice, worked: Worked): TrustNode[] {
  const nodes: TrustNode[] = []
  if (worked.root.status !== 'none')
    nodes.push({ id: 'root', kind: 'root', title: say('node.dice.root'), name: worked.root.holder })
  const layers = [...worked.layers].reverse()
  for (const [i, layer] of layers.entries()) {
    const isOwn = i + 1 === layers.length
    // A self-signed first layer is the root itself.
    if (i === 0 && !isOwn && worked.root.status !== 'none' && worked.root.holder === layer.name) continue
    nodes.push({
      id: isOwn ? 'layer' : `layer${i}`,
      kind: isOwn ? 'content' : 'certificate',
      title: say('node.dice.layer'),
      name: layer.name,
      ...(isOwn ? { cite: { artifact, path: '', ranges: [rangeOf(dice.slice)] } } : {}),
    })
  }
  return nodes
}
