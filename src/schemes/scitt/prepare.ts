import { type ArtifactIndex, bytesOf, rangeOf, type Slice } from '../../core/place.ts'
import { say } from '../../core/saying.ts'
import type { AppraisalContext, CaseItem, Prepared } from '../../core/scheme.ts'
import type { RootFinding, TimelineEntry, TrustNode } from '../../core/verdict.ts'
import type { HashLabel } from '../../core/derived.ts'
import { sameBytes } from '../../bytes/layout.ts'
import { isoOf } from '../../bytes/der-node.ts'
import { hashLater } from '../../crypto/hash.ts'
import { coseKeyOf, verifyCose } from '../../crypto/cose.ts'
import type { VerifyResult } from '../../crypto/types.ts'
import { digest } from '../../crypto/verify.ts'
import { readCertificate } from '../../pki/certificate.ts'
import { rootFinding, verifyPath } from '../../pki/path.ts'
import type { Certificate, PathProfile, PathResult } from '../../pki/types.ts'
import { validityFaults } from '../../pki/path-profile.ts'
import { contentOf, type CoseStatement } from './decoded.ts'
import { didStanding, type DidStanding } from './did.ts'
import { receiptStanding, type ReceiptStanding, type ServiceKey } from './receipt.ts'
import { serviceKeysAmong } from './service-keys.ts'
import { readUvm } from './uvm.ts'

/** What the checks of a statement read. */
export interface PreparedStatement extends Prepared {
  readonly artifact: ArtifactIndex
  readonly cose: CoseStatement
  readonly signature: VerifyResult | undefined
  readonly leaf: Certificate | undefined
  readonly path: PathResult | undefined
  /** Whether the header's thumbprint is that of the signer's certificate; undefined where it names none. */
  readonly thumbprintFits: boolean | undefined
  readonly did: DidStanding
  readonly receipts: readonly ReceiptStanding[]
  /** What is stated: the payload, or the dropped file whose hash it is. */
  readonly content: Slice | undefined
  /** A key that lives in a guest: its hash, and the report that should hold it. */
  readonly attested: { readonly keyHash: Uint8Array; readonly report: CaseItem | undefined } | undefined
  /** When the certificates were in date, and who says so; undefined at neither instant. */
  readonly inDate: { readonly at: number; readonly by: 'now' | 'ledger' | 'signer' } | undefined
}

const PROFILE: PathProfile = {
  id: 'scitt',
  knownCritical: [],
  algorithms: [
    'rsa/sha256WithRSAEncryption',
    'rsa/sha384WithRSAEncryption',
    'rsa/sha512WithRSAEncryption',
    'ec:P-256/ecdsa-with-SHA256',
    'ec:P-384/ecdsa-with-SHA384',
    'ec:P-521/ecdsa-with-SHA512',
  ],
}
/** Larger files are no preimage of a payload. */
const LARGEST = 1 << 24

/** Verifies signature, chain, issuer and receipts; what that amounts to is left to the checks. */
export async function prepare(subject: CaseItem, context: AppraisalContext): Promise<PreparedStatement> {
  const cose = subject.decoded as CoseStatement
  const { message } = cose
  const [leaf, ...pool] = cose.chain.flatMap((one) => readCertificate(one) ?? [])
  const attestedKey = cose.attested?.key && coseKeyOf(bytesOf(cose.attested.key))
  const spki = leaf ? bytesOf(leaf.spki) : attestedKey
  const signature = message && spki ? await verifyCose(message, spki) : undefined
  const path =
    leaf &&
    (await verifyPath({
      leaf,
      pool,
      anchors: context.anchors,
      purpose: 'reference-values',
      profile: PROFILE,
      at: context.at,
    }))
  const keys = cose.receipts.length > 0 ? await serviceKeysAmong(context.items) : []
  const receipts = message ? await receiptsOf(cose, keys) : []
  const content = await contentOf(cose, preimages(context.items), hashLater as HashOf)
  const uvm = content ? readUvm(content) : undefined
  const inDate = inDateOf(path, context.at, cose, receipts)
  const root = asOfLedger(
    path
      ? await rootFinding(path, 'reference-values')
      : { status: 'none', holder: '', country: '', purpose: 'reference-values', spkiSha256: '', sha256: '' },
    inDate,
  )
  const about = cose.subject?.value ?? ''
  return {
    artifact: subject.artifact,
    cose,
    signature,
    leaf,
    path,
    thumbprintFits: await thumbprintFits(cose, leaf),
    did: await didStanding(cose.issuer?.value, path?.path ?? []),
    receipts,
    content,
    attested: await attestedOf(subject, cose, context),
    inDate,
    root,
    collateral: keys.flatMap((key) => keyUse(key, receipts, context)),
    ladders: [],
    wishes: [],
    timeline: timelineOf(cose, leaf),
    nodes: nodesOf(subject.artifact, cose, path, root),
    vendor: null,
    doesNotProve: ['limit.scitt.word'],
    statement: {
      issuer: leaf ? (leaf.subject.commonName === '' ? leaf.subject.text : leaf.subject.commonName) : '',
      about: cose.svn ? `${about} svn ${cose.svn.value}` : about,
      isSigned: true,
      ...(cose.signedAt ? { madeAt: { at: cose.signedAt.value, by: 'signer' as const } } : {}),
      ...madeByLedger(receipts),
      groups: uvm?.groups ?? [],
      files: cose.hashed ? [{ name: '', hash: cose.hashed.hash, digest: cose.hashed.digest }] : [],
      claims: [
        ...(cose.issuer ? [{ name: 'iss', value: cose.issuer.value }] : []),
        ...(cose.subject ? [{ name: 'sub', value: about }] : []),
        ...(cose.svn ? [{ name: 'svn', value: cose.svn.value }] : []),
        ...(uvm?.claims ?? []),
        // A receipt stands outside the signature: what it says counts only where its ledger's key is here and signed it.
        ...receipts.flatMap(({ receipt, outcome }) =>
          outcome === 'holds' ? [{ name: 'receipt', value: `${receipt.ledger} ${receipt.transaction}` }] : [],
        ),
      ],
    },
  }
}

type HashOf = (label: HashLabel, data: Uint8Array) => Promise<Uint8Array>

const receiptsOf = ({ receipts, message }: CoseStatement, keys: readonly ServiceKey[]) =>
  Promise.all(receipts.flatMap((receipt) => (message ? [receiptStanding(receipt, message, keys)] : [])))

const preimages = (items: readonly CaseItem[]): Slice[] =>
  items.flatMap(({ slice, message }) => (message === 'evidence' || slice.end - slice.start > LARGEST ? [] : [slice]))

function madeByLedger(receipts: readonly ReceiptStanding[]) {
  const at = receipts.find(({ outcome }) => outcome === 'holds')?.receipt.registeredAt
  return at === undefined ? {} : { madeAt: { at, by: 'log' as const } }
}

/** The instant asked for, else the ledger's, else the signer's own word. */
function inDateOf(
  path: PathResult | undefined,
  at: number,
  { signedAt }: CoseStatement,
  receipts: readonly ReceiptStanding[],
): PreparedStatement['inDate'] {
  if (!path) return undefined
  const holds = (instant: number) => validityFaults(path.path, instant).length === 0
  if (holds(at)) return { at, by: 'now' }
  const registered = receipts.find(({ outcome }) => outcome === 'holds')?.receipt.registeredAt
  if (registered !== undefined && registered <= at && holds(registered)) return { at: registered, by: 'ledger' }
  return signedAt && signedAt.value <= at && holds(signedAt.value) ? { at: signedAt.value, by: 'signer' } : undefined
}

/** No ledger's key is pinned here. Where nothing but its word says that the certificates were in date, the statement hangs on a key that somebody brought. */
function asOfLedger(root: RootFinding, inDate: PreparedStatement['inDate']): RootFinding {
  return root.status === 'pinned' && inDate?.by === 'ledger' ? { ...root, status: 'added' } : root
}

async function thumbprintFits({ thumbprint }: CoseStatement, leaf: Certificate | undefined) {
  if (!thumbprint || !leaf) return undefined
  return (
    thumbprint.hash !== undefined &&
    sameBytes(thumbprint.value.value, await hashLater(thumbprint.hash, bytesOf(leaf.slice)))
  )
}

async function attestedOf(
  subject: CaseItem,
  { attested }: CoseStatement,
  context: AppraisalContext,
): Promise<PreparedStatement['attested']> {
  if (!attested?.key) return undefined
  return {
    keyHash: await digest('SHA-256', bytesOf(attested.key)),
    report: context.items.find((one) => one.parent === subject.artifact && one.message === 'evidence'),
  }
}

function keyUse(key: ServiceKey, receipts: readonly ReceiptStanding[], context: AppraisalContext) {
  const item = context.items.find((one) => one.artifact === key.artifact)
  const isUsed = receipts.some((one) => one.key?.sha256 === key.sha256)
  if (!item || !isUsed) return []
  return [
    {
      kind: 'public-key',
      key: key.sha256,
      artifact: item.artifact,
      origin: item.origin,
      use: 'used' as const,
      because: say('key.used'),
      from: null,
      to: null,
    },
  ]
}

function timelineOf({ signedAt }: CoseStatement, leaf: Certificate | undefined): TimelineEntry[] {
  return [
    ...(leaf
      ? [
          {
            id: 'signer',
            title: say('timeline.scitt.signer'),
            kind: 'certificate' as const,
            from: isoOf(leaf.notBefore),
            to: isoOf(leaf.notAfter),
          },
        ]
      : []),
    ...(signedAt
      ? [
          {
            id: 'signed',
            title: say('timeline.scitt.signed'),
            kind: 'collateral' as const,
            from: new Date(signedAt.value).toISOString(),
            to: null,
          },
        ]
      : []),
  ]
}

function nodesOf(
  artifact: ArtifactIndex,
  { message }: CoseStatement,
  path: PathResult | undefined,
  root: RootFinding,
): TrustNode[] {
  const certificates = (path?.path ?? []).map((certificate, i): TrustNode => ({
    id: `certificate${i}`,
    kind: i > 0 && i + 1 === path?.path.length && root.status !== 'none' ? 'root' : 'certificate',
    title: say('node.scitt.certificate'),
    name: certificate.subject.commonName,
    from: isoOf(certificate.notBefore),
    to: isoOf(certificate.notAfter),
  }))
  return [
    ...certificates.toReversed(),
    ...(message?.payload
      ? [
          {
            id: 'statement',
            kind: 'content' as const,
            title: say('node.scitt.statement'),
            cite: { artifact, path: '[2]', ranges: [rangeOf(message.payload)] },
          },
        ]
      : []),
  ]
}
