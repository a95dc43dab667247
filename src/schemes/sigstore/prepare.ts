import { type ArtifactIndex, bytesOf, rangeOf, type Slice } from '../../core/place.ts'
import { say, type Saying } from '../../core/saying.ts'
import type { AppraisalContext, CaseItem, Prepared, TrustAnchor } from '../../core/scheme.ts'
import type { RootFinding, TimelineEntry, TrustNode } from '../../core/verdict.ts'
import { isoOf } from '../../bytes/der-node.ts'
import { sameBytes, toHex } from '../../bytes/layout.ts'
import { parseJson, type JsonValue } from '../../bytes/json.ts'
import { base64Text, toBase64 } from '../../envelope/base64.ts'
import { verifyDigest } from '../../crypto/ecdsa-digest.ts'
import { hashNow } from '../../crypto/hash.ts'
import { digest, verifySignature } from '../../crypto/verify.ts'
import type { SignatureAlgorithm, VerifyResult } from '../../crypto/types.ts'
import { readCertificate } from '../../pki/certificate.ts'
import { rootFinding, verifyPath } from '../../pki/path.ts'
import { readTimeStamp, verifyTimeStamp } from '../../pki/timestamp.ts'
import type { Certificate, PathProfile, PathResult } from '../../pki/types.ts'
import { preAuthEncoding, type Bundle, type LogEntry } from './bundle.ts'
import { bodyStanding, type BodyStanding } from './entry-body.ts'
import { identityOf, type Identity } from './identity.ts'
import { checkpointOf, inclusionOf, promiseOf, type Step } from './log.ts'
import { givenMaterial, knownMaterial, speaksOf, type GivenMaterial, type LogKey, type Material } from './material.ts'
import { configHash, readInToto, type InToto } from './predicates.ts'
import { sctStanding, type SctStanding } from './sct.ts'
import type { AnchorStatus } from './trust-root.ts'
import { followTuf, type TufStanding } from './tuf-chain.ts'

/** Everything that was worked out about one entry of a log. */
export interface EntryStanding {
  readonly entry: LogEntry
  readonly promise: Step
  readonly inclusion: Step
  readonly checkpoint: Step
  readonly body: BodyStanding
}

/** A time that somebody else than the signer vouches for. */
export interface SigningTime {
  readonly at: number
  readonly by: 'log' | 'timestamp'
}

/** What the checks of a bundle read. */
export interface PreparedBundle extends Prepared {
  readonly artifact: ArtifactIndex
  readonly bundle: Bundle
  readonly leaf: Certificate | undefined
  readonly path: PathResult | undefined
  readonly entries: readonly EntryStanding[]
  readonly time: SigningTime | undefined
  /** A time stamp that is here and does not hold. */
  readonly timestampFault: Saying | undefined
  readonly timestampOpen: Saying | undefined
  readonly sct: SctStanding | undefined
  readonly signature: VerifyResult | undefined
  /** The file that was signed, where the bundle has only its digest. */
  readonly file: CaseItem | undefined
  readonly identity: Identity | undefined
  readonly expected: readonly string[]
  readonly inToto: InToto | undefined
  readonly content: JsonValue | undefined
  readonly config: 'holds' | 'fails' | undefined
  /** Whether the authority issued certificates at that time, by the trust root. */
  readonly authorityInUse: boolean
  /** How far dropped TUF metadata could be followed. */
  readonly tuf: readonly TufStanding[]
  /** Dropped trust roots other than the pinned one. */
  readonly given: readonly GivenMaterial[]
}

const PROFILE: PathProfile = {
  id: 'sigstore',
  // Fulcio marks the names and purposes that it certifies as critical.
  knownCritical: [],
  leafUsage: '1.3.6.1.5.5.7.3.3',
  algorithms: [
    'ec:P-256/ecdsa-with-SHA256',
    'ec:P-384/ecdsa-with-SHA384',
    'ec:P-384/ecdsa-with-SHA256',
    'ec:P-521/ecdsa-with-SHA512',
    'rsa/sha256WithRSAEncryption',
    'rsa/sha384WithRSAEncryption',
    'rsa/sha512WithRSAEncryption',
  ],
}
const LARGEST = 1 << 26

/** Follows a bundle from its certificate to its statement. */
export async function prepare(subject: CaseItem, context: AppraisalContext): Promise<PreparedBundle> {
  const bundle = subject.decoded as Bundle
  const [leaf, ...carried] = bundle.certificates.flatMap(({ slice }) => readCertificate(slice) ?? [])
  const tuf = await followTuf(context.items)
  const given = givenMaterial(context.items, tuf)
  const { material, status } = materialFor(bundle, leaf, context, given)
  const entries = await Promise.all(entriesOf(bundle).map((entry) => entryStanding(entry, bundle, material)))
  const stamped = await stampedTime(bundle, material, context)
  const time = timeOf(entries, stamped.time)
  const at = time?.at ?? context.at
  const path =
    leaf &&
    (await verifyPath({
      leaf,
      pool: [...carried, ...material.authorities.flatMap(({ chain }) => chain.slice(0, -1))],
      anchors: anchorsFor(given, material, context, status),
      purpose: 'reference-values',
      profile: PROFILE,
      at,
    }))
  const issuer = path?.path[1]
  const content = bundle.envelope?.payload && parseJson(bundle.envelope.payload.slice).value
  const inToto = bundle.envelope ? readInToto(content) : undefined
  const file = await signedFile(bundle, context)
  const identity = leaf && identityOf(leaf)
  const root = weakest(await rootOf(path), entries)
  return {
    artifact: subject.artifact,
    bundle,
    leaf,
    path,
    entries,
    time,
    timestampFault: stamped.fault,
    timestampOpen: stamped.open,
    sct: leaf && (await sctStanding(leaf, issuer, material.certificateLogs)),
    signature: leaf && (await signatureOf(bundle, leaf, file)),
    file,
    identity,
    expected: context.policy.signers ?? [],
    inToto,
    content,
    config: configHash(content, (config) => {
      const read = base64Text(config)
      return read && hashNow('sha256', bytesOf(read.slice))
    }),
    authorityInUse: material.authorities.some(
      ({ chain, from, to }) =>
        at >= from && at <= to && chain.some((one) => issuer && sameBytes(bytesOf(one.spki), bytesOf(issuer.spki))),
    ),
    tuf,
    given,
    root,
    collateral: [],
    ladders: [],
    wishes: [],
    timeline: timeline(leaf, time),
    nodes: nodesOf(subject.artifact, bundle, path, root),
    vendor: null,
    doesNotProve: [
      'limit.sigstore.word',
      given.some((one) => one.status === 'pinned') ? 'limit.sigstore.trust-root-followed' : 'limit.sigstore.trust-root',
    ],
    statement: {
      issuer: identity ? identity.repository || identity.name : '',
      about: aboutOf(identity, inToto),
      isSigned: true,
      ...(time ? { madeAt: time } : {}),
      groups: inToto?.groups ?? [],
      files: [...(inToto?.files ?? []), ...messageFile(bundle)],
      claims: [...(identity?.claims ?? []), ...(inToto?.claims ?? [])],
    },
  }
}

/** The same entry twice says it once. */
function entriesOf({ entries }: Bundle): LogEntry[] {
  const key = ({ logIndex, logId, body }: LogEntry) => `${logIndex} ${logId?.text} ${body?.text}`
  return entries.filter((one, i) => entries.findIndex((other) => key(other) === key(one)) === i)
}

async function entryStanding(entry: LogEntry, bundle: Bundle, { logs }: Material): Promise<EntryStanding> {
  return {
    entry,
    promise: await promiseOf(entry, logs),
    inclusion: await inclusionOf(entry),
    checkpoint: await checkpointOf(entry, logs),
    body: await bodyStanding(entry, bundle),
  }
}

/**
 * A dropped trust root that names this bundle’s authority or log is the one that the reader means; any other is a stranger’s.
 * One that TUF metadata lists stands in the place of the one that is pinned here.
 */
function materialFor(
  bundle: Bundle,
  leaf: Certificate | undefined,
  context: AppraisalContext,
  given: readonly GivenMaterial[],
): { readonly material: Material; readonly status: AnchorStatus | undefined } {
  const ids = bundle.entries.flatMap(({ logId }) => (logId ? [logId.located.value] : []))
  const dropped = given.find(({ status, material }) => status === 'added' && speaksOf(material, leaf, ids))
  if (dropped) return { material: dropped.material, status: 'added' }
  const off = new Set(
    context.anchors.filter(({ status }) => status === 'switched-off').map(({ spki }) => spki.replace(/\s/g, '')),
  )
  const keys = (list: readonly LogKey[]) => list.filter(({ spki }) => !off.has(toBase64(spki)))
  const known = knownMaterial(given.filter(({ status }) => status !== 'added'))
  return {
    material: { ...known, logs: keys(known.logs), certificateLogs: keys(known.certificateLogs) },
    status: undefined,
  }
}

function anchorsFor(
  given: readonly GivenMaterial[],
  material: Material,
  context: AppraisalContext,
  status: AnchorStatus | undefined,
): TrustAnchor[] {
  const rootsOf = ({ authorities }: Material) =>
    authorities.flatMap((authority) => {
      const root = authority.chain.at(-1)
      return root ? [anchorOf(root, authority.status)] : []
    })
  if (status !== undefined) return rootsOf(material)
  const own = context.anchors.filter(({ format, scope }) => format === 'x509' && scope !== 'timestamps')
  const listed = given.flatMap((one) => (one.status === 'added' ? [] : rootsOf(one.material)))
  // What is pinned here keeps its name, and stays off where the reader switched it off.
  return [...own, ...listed.filter(({ spkiSha256 }) => !own.some((one) => one.spkiSha256 === spkiSha256))]
}

function anchorOf(root: Certificate, status: AnchorStatus): TrustAnchor {
  const spki = bytesOf(root.spki)
  const der = bytesOf(root.slice)
  return {
    subject: toHex(root.subject.der),
    format: 'x509',
    purpose: 'reference-values',
    holder: root.subject.text,
    country: '',
    source: '',
    status,
    spki: toBase64(spki),
    spkiSha256: toHex(hashNow('sha256', spki)),
    sha256: toHex(hashNow('sha256', der)),
    certificate: toBase64(der),
  }
}

async function rootOf(path: PathResult | undefined): Promise<RootFinding> {
  return path
    ? rootFinding(path, 'reference-values')
    : { status: 'none', holder: '', country: '', purpose: 'reference-values', spkiSha256: '', sha256: '' }
}

/** A statement hangs on its log as much as on its authority: the weaker of the two names the root. */
function weakest(root: RootFinding, entries: readonly EntryStanding[]): RootFinding {
  const states = entries.flatMap(({ promise, checkpoint }) =>
    [promise, checkpoint].flatMap((one) => (one.state === 'holds' && one.key ? [one.key.status] : [])),
  )
  const weak = states.find((one) => one !== 'pinned')
  return root.status === 'pinned' && weak !== undefined ? { ...root, status: weak } : root
}

async function stampedTime(
  { timestamps, message, envelope }: Bundle,
  { timestampers }: Material,
  context: AppraisalContext,
): Promise<{ readonly time: SigningTime | undefined; readonly fault?: Saying; readonly open?: Saying }> {
  const signature = (message?.signature ?? envelope?.signatures[0])?.located.value
  if (timestamps.length === 0 || !signature) return { time: undefined }
  let open: Saying | undefined
  for (const held of timestamps.slice(0, 8)) {
    const stamp = readTimeStamp(held.slice)
    if (!stamp) return { time: undefined, fault: say('sigstore.timestamp.form') }
    const candidates = timestampers.flatMap(({ chain }) => chain.slice(0, 1))
    const { state, because, signer } = await verifyTimeStamp(stamp, signature, candidates)
    if (state === 'invalid') return { time: undefined, fault: because }
    if (state !== 'valid' || !signer) {
      open = because
      continue
    }
    const authority = timestampers.find(({ chain }) => chain[0] === signer)
    const isInDate =
      authority !== undefined &&
      stamp.at >= authority.from &&
      stamp.at <= authority.to &&
      stamp.at >= signer.notBefore &&
      stamp.at <= signer.notAfter
    if (!isInDate) return { time: undefined, fault: say('sigstore.timestamp.dates') }
    if (!(await chainOf(authority.chain, context))) return { time: undefined, fault: say('sigstore.timestamp.chain') }
    return { time: { at: stamp.at, by: 'timestamp' } }
  }
  return { time: undefined, ...(open ? { open } : {}) }
}

/** Each certificate of a published chain is signed by the next. */
async function chainOf(chain: readonly Certificate[], { at: _at }: AppraisalContext): Promise<boolean> {
  for (const [i, one] of chain.entries()) {
    const issuer = chain[i + 1] ?? one
    if (!one.algorithm) return false
    const { result } = await verifySignature(
      one.algorithm,
      bytesOf(issuer.spki),
      bytesOf(one.tbs),
      bytesOf(one.signature),
    )
    if (result !== 'valid') return false
  }
  return chain.length > 0
}

function timeOf(entries: readonly EntryStanding[], stamped: SigningTime | undefined): SigningTime | undefined {
  const promised = entries.find(({ promise, entry }) => promise.state === 'holds' && entry.integratedTime !== undefined)
  return promised ? { at: Number(promised.entry.integratedTime) * 1000, by: 'log' } : stamped
}

const HASH_OF_KEY: Readonly<Record<string, 'SHA-256' | 'SHA-384' | 'SHA-512'>> = {
  'ec:P-256': 'SHA-256',
  'ec:P-384': 'SHA-384',
  'ec:P-521': 'SHA-512',
}

/** Over the envelope's encoding; over the file, where it is here; over its digest, where it is not. */
async function signatureOf(
  { envelope, message }: Bundle,
  leaf: Certificate,
  file: CaseItem | undefined,
): Promise<VerifyResult | undefined> {
  const spki = bytesOf(leaf.spki)
  const signature = (message?.signature ?? envelope?.signatures[0])?.located.value
  if (!signature) return undefined
  const hash = HASH_OF_KEY[leaf.keyKind] ?? 'SHA-256'
  const algorithm: SignatureAlgorithm =
    leaf.keyKind === 'ed25519'
      ? { kind: 'ed25519' }
      : leaf.keyKind.startsWith('rsa')
        ? { kind: 'rsa-pkcs1', hash }
        : { kind: 'ecdsa', hash, form: 'der' }
  if (envelope) return verifySignature(algorithm, spki, preAuthEncoding(envelope), signature)
  if (file) return verifySignature(algorithm, spki, bytesOf(file.slice), signature)
  return message?.digest ? verifyDigest(spki, message.digest.located.value, signature) : undefined
}

async function signedFile({ message }: Bundle, { items }: AppraisalContext): Promise<CaseItem | undefined> {
  const wanted = message?.digest && toHex(message.digest.located.value)
  if (wanted === undefined) return undefined
  for (const item of items) {
    if (item.slice.end - item.slice.start > LARGEST || item.origin === 'embedded') continue
    const hash = wanted.length === 64 ? 'SHA-256' : wanted.length === 96 ? 'SHA-384' : 'SHA-512'
    if (toHex(await digest(hash, bytesOf(item.slice))) === wanted) return item
  }
  return undefined
}

function messageFile({ message }: Bundle) {
  const held = message?.digest
  const hash = held?.located.value.length === 32 ? 'sha256' : held?.located.value.length === 48 ? 'sha384' : 'sha512'
  return held ? [{ name: '', hash: hash as 'sha256' | 'sha384' | 'sha512', digest: held.located }] : []
}

/** The tag that was built, else the file that it is about. */
function aboutOf(identity: Identity | undefined, inToto: InToto | undefined): string {
  const ref = /@refs\/(?:tags|heads)\/([^@]+)$/.exec(identity?.name ?? '')?.[1]
  return ref ?? inToto?.files[0]?.name.slice(0, 200) ?? ''
}

function timeline(leaf: Certificate | undefined, time: SigningTime | undefined): TimelineEntry[] {
  return [
    ...(leaf
      ? [
          {
            id: 'certificate',
            title: say('timeline.sigstore.certificate'),
            kind: 'certificate' as const,
            from: isoOf(leaf.notBefore),
            to: isoOf(leaf.notAfter),
          },
        ]
      : []),
    ...(time
      ? [
          {
            id: 'signed',
            title: say('timeline.sigstore.signed'),
            kind: 'collateral' as const,
            from: new Date(time.at).toISOString(),
            to: null,
          },
        ]
      : []),
  ]
}

function nodesOf(
  artifact: ArtifactIndex,
  bundle: Bundle,
  path: PathResult | undefined,
  root: RootFinding,
): TrustNode[] {
  const certificates = (path?.path ?? []).map((one, i): TrustNode => ({
    id: `certificate${i}`,
    kind: i > 0 && i + 1 === path?.path.length && root.status !== 'none' ? 'root' : 'certificate',
    title: say('node.sigstore.certificate'),
    name: one.subject.commonName,
    from: isoOf(one.notBefore),
    to: isoOf(one.notAfter),
  }))
  const held: Slice | undefined = bundle.envelope?.payload?.slice
  return [
    ...certificates.toReversed(),
    {
      id: 'statement',
      kind: 'content',
      title: say('node.sigstore.statement'),
      ...(held ? { cite: { artifact, path: 'dsseEnvelope.payload', ranges: [rangeOf(held)] } } : {}),
    },
  ]
}
