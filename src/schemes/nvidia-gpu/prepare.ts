import { type ArtifactIndex, rangeOf } from '../../core/place.ts'
import { say } from '../../core/saying.ts'
import type { AppraisalContext, CaseItem, Prepared } from '../../core/scheme.ts'
import type {
  CollateralUse,
  CollateralWish,
  ManifestComparison,
  ManifestRow,
  RootFinding,
  RootStatus,
  TrustNode,
} from '../../core/verdict.ts'
import { isoOf } from '../../bytes/der-node.ts'
import { toHex } from '../../bytes/layout.ts'
import { rootFinding, verifyPath } from '../../pki/path.ts'
import type { Certificate, PathResult } from '../../pki/types.ts'
import type { ReportDecoded } from './decoded.ts'
import { chooseLeaf, fwidOf, identityOf, NOBODY, pdiOf, ueidOf, type Choice, type Identity } from './device.ts'
import { FORMATS } from './formats.ts'
import type { Report } from './layout.ts'
import { OPAQUE, valueOf } from './opaque.ts'
import { compareRim, rimStanding, type Comparison, type Rim, type RimStanding } from './rim.ts'
import { ocspWishes, revocationOf, type CertificateStanding, type PathRevocation } from './revocation.ts'
import { CHAIN_PROFILE } from './rules.ts'

/** A manifest that is for this report, and how the two compare. */
export interface UsedRim {
  readonly standing: RimStanding
  readonly comparison: Comparison
}

/** What the checks of a report read. */
export interface PreparedReport extends Prepared {
  readonly artifact: ArtifactIndex
  readonly subject: CaseItem
  readonly decoded: ReportDecoded
  readonly report: Report | undefined
  readonly identity: Identity | undefined
  readonly choice: Choice
  readonly path: PathResult | undefined
  readonly revocation: PathRevocation | undefined
  readonly driver: UsedRim | undefined
  readonly vbios: UsedRim | undefined
  readonly ueid: string
  readonly pdi: string
  /** FWID of the report and of the leaf. */
  readonly fwid: { readonly own: Uint8Array | undefined; readonly certified: Uint8Array | undefined }
}

const NO_ROOT: RootFinding = {
  status: 'none',
  holder: '',
  country: '',
  purpose: 'evidence',
  spkiSha256: '',
  sha256: '',
}

/** Finds the chain, verifies signature and path, and picks the manifests by the names that the report reads. */
export async function prepare(subject: CaseItem, context: AppraisalContext): Promise<PreparedReport> {
  const decoded = subject.decoded as ReportDecoded
  const { report } = decoded
  const identity = report && identityOf(report)
  const { choice, path } = await bestOf(report ? await chooseLeaf(subject, report, context.items) : NOBODY, context)
  const leaf = choice.isForeign || choice.isBroken ? undefined : choice.leaf
  const rims = identity && report ? await usedRims(identity, report, context, path?.rootStatus ?? 'none') : { uses: [] }
  const revocation = path && (await revocationOf(path, context.items, context.at))
  const ueid = leaf ? ueidOf(leaf) : ''
  const pdi = identity?.kind === 'switch' ? identity.ownPdi : pdiOf(path?.path ?? [])
  return {
    artifact: subject.artifact,
    subject,
    decoded,
    report,
    identity,
    choice,
    path,
    revocation,
    driver: rims.driver,
    vbios: rims.vbios,
    ueid,
    pdi,
    versions: Object.fromEntries(Object.entries({ ueid, pdi }).filter(([, value]) => value !== '')),
    fwid: {
      own: report && valueOf(report.response.opaque.content, OPAQUE.fwid),
      certified: leaf && fwidOf(leaf),
    },
    comparisons: report ? comparisonsOf(report, rims) : [],
    root: path ? await rootFinding(path) : NO_ROOT,
    collateral: mergedUses(rims, revocation),
    wishes: [
      ...(identity ? wishesOf(identity, rims) : []),
      ...(await ocspWishes([...(revocation?.standings ?? []).filter(({ index }) => index > 0), ...signersOf(rims)])),
    ],
    ladders: [],
    nodes: nodesOf(subject.artifact, decoded, path, choice),
    timeline: [],
    vendor: null,
    doesNotProve: ['limit.nvidia.memory', 'limit.nvidia.mode', 'limit.nvidia.attached', 'limit.nvidia.workload'],
  }
}

/** Among certificates of the key that signed, the one whose path holds: a copy that somebody else made accuses nobody. */
async function bestOf(
  first: Choice,
  context: AppraisalContext,
): Promise<{ choice: Choice; path: PathResult | undefined }> {
  if (first.isForeign || !first.leaf) return { choice: first, path: undefined }
  const pathOf = (leaf: Certificate, pool: readonly Certificate[]) =>
    verifyPath({ leaf, pool, anchors: context.anchors, purpose: 'evidence', profile: CHAIN_PROFILE, at: context.at })
  const path = await pathOf(first.leaf, first.pool)
  if (path.anchor && path.faults.length === 0) return { choice: first, path }
  for (const { leaf, pool, item } of first.alike) {
    const other = await pathOf(leaf, pool)
    if (other.anchor && other.faults.length === 0) return { choice: { ...first, leaf, pool, item }, path: other }
  }
  if (path.missingIssuer && first.all.length > first.pool.length + 1) {
    const wider = await pathOf(first.leaf, [...first.pool, ...first.all])
    if (wider.anchor && wider.faults.length === 0) return { choice: first, path: wider }
  }
  // Who adds a file cannot break evidence with it: a chain that does not hold counts as none.
  return first.isBeside && path.faults.length > 0
    ? { choice: { ...first, isBroken: true }, path: undefined }
    : { choice: first, path }
}

/** One row an answer: used for the device or for a manifest, it is used. */
function mergedUses(rims: Rims, revocation: PathRevocation | undefined): CollateralUse[] {
  const rows = new Map<number, CollateralUse>()
  const paths = [revocation, ...[rims.driver, rims.vbios].map((one) => one?.standing.revocation)]
  for (const use of paths.flatMap((one) => one?.uses ?? [])) {
    const known = rows.get(use.artifact)
    if (!known || RANK[use.use] < RANK[known.use]) rows.set(use.artifact, use)
  }
  return [...rims.uses, ...rows.values()]
}
const RANK: Readonly<Record<CollateralUse['use'], number>> = { used: 0, rejected: 1, superseded: 2, 'not-for-this': 3 }

function signersOf({ driver, vbios }: Rims): readonly CertificateStanding[] {
  return [driver, vbios].flatMap((one) => (one?.standing.isAuthentic ? (one.standing.revocation?.standings ?? []) : []))
}

interface Rims {
  readonly driver?: UsedRim
  readonly vbios?: UsedRim
  readonly uses: readonly CollateralUse[]
}

async function usedRims(
  identity: Identity,
  report: Report,
  context: AppraisalContext,
  deviceRoot: RootStatus,
): Promise<Rims> {
  const measured = new Map(report.response.record.items.map((one) => [one.index.value, one.value.value]))
  const isNvdecOff = identity.nvdec0 === 'disabled'
  const uses: CollateralUse[] = []
  const found: { driver?: UsedRim; vbios?: UsedRim } = {}
  for (const item of context.items) {
    if (item.format !== FORMATS.rim) continue
    const rim = item.decoded as Rim
    const version = rim.version.toUpperCase()
    const kind =
      version !== '' && version === identity.driver.toUpperCase()
        ? 'driver'
        : version !== '' && version === identity.vbios.toUpperCase()
          ? 'vbios'
          : undefined
    const isForThis = kind !== undefined && rim.product.toUpperCase() === identity.chip.toUpperCase()
    const standing = await rimStanding(item, rim, context, deviceRoot)
    const known = isForThis ? found[kind] : undefined
    const wins =
      isForThis && (standing.isAuthentic ? !known?.standing.isAuthentic || isLater(standing, known.standing) : !known)
    if (wins) found[kind] = { standing, comparison: compareRim(rim, measured, isNvdecOff) }
    uses.push({
      kind: 'rim',
      key: `${rim.product} ${rim.version}`,
      artifact: item.artifact,
      origin: item.origin,
      use: !standing.isAuthentic ? 'rejected' : isForThis ? (wins ? 'used' : 'superseded') : 'not-for-this',
      because: say(standing.isAuthentic && !isForThis ? 'nvidia.rim.not-for-this' : standing.reason, {
        product: rim.product,
        version: rim.version,
      }),
      from: (standing.signer && isoOf(standing.signer.notBefore)) || null,
      to: (standing.signer && isoOf(standing.signer.notAfter)) || null,
    })
  }
  return { ...found, uses }
}

/** One name is issued again and again: the later signer's issue counts. */
const isLater = (a: RimStanding, b: RimStanding) => (a.signer?.notBefore ?? 0) > (b.signer?.notBefore ?? 0)

const RIM_URL = 'https://rim.attestation.nvidia.com/v1/rim/'

function wishesOf(identity: Identity, rims: Rims): CollateralWish[] {
  const wanted: (readonly [string, UsedRim | undefined])[] = [
    [identity.driverRim, rims.driver],
    [identity.vbiosRim, rims.vbios],
  ]
  return wanted.flatMap(([id, used]) =>
    id === '' || used?.standing.isAuthentic
      ? []
      : [
          {
            kind: 'rim',
            key: id,
            title: say('wish.nvidia.rim', { id }),
            urls: [`${RIM_URL}${id}`],
            curl: `curl -s ${RIM_URL}${id} | jq -r .rim | base64 -d > ${id}.xml`,
          },
        ],
  )
}

/** Each manifest's measurements beside the report's, for readers. */
function comparisonsOf(report: Report, { driver, vbios }: Rims): ManifestComparison[] {
  const measured = new Map(report.response.record.items.map((one) => [one.index.value, one.value.value]))
  const named: (readonly [string, UsedRim | undefined])[] = [
    ['driver', driver],
    ['VBIOS', vbios],
  ]
  return named.flatMap(([of, used]) => {
    if (!used) return []
    const { standing, comparison } = used
    const rows = standing.rim.golden
      .filter(({ isActive }) => isActive)
      .map(({ index, name, values }): ManifestRow => ({
        index,
        name,
        outcome: comparison.skipped.includes(index)
          ? 'left-out'
          : comparison.matched.includes(index)
            ? 'equal'
            : 'differs',
        found: toHex(measured.get(index + 1) ?? new Uint8Array()),
        stated: values.map(toHex),
      }))
    return [
      { of, artifact: standing.item.artifact, isRelied: standing.isAuthentic, because: say(standing.reason), rows },
    ]
  })
}

/** Node of the certificate at a place in the path. */
export function certificateNodeId(path: PathResult, index: number): string {
  return index >= path.path.length - 1 && path.rootStatus !== 'none' ? 'root' : `certificate${index}`
}

function nodesOf(
  artifact: ArtifactIndex,
  { report }: ReportDecoded,
  path: PathResult | undefined,
  choice: Choice,
): TrustNode[] {
  const nodes: TrustNode[] = (path?.path ?? []).map((certificate, index) => {
    const id = path ? certificateNodeId(path, index) : ''
    const own = index === 0 ? choice.item?.artifact : undefined
    return {
      id,
      kind: id === 'root' ? 'root' : 'certificate',
      title: say(id === 'root' ? 'node.nvidia.root' : index === 0 ? 'node.nvidia.leaf' : 'node.nvidia.authority'),
      name: certificate.subject.commonName,
      ...(own === undefined ? {} : { certificate: { artifact: own, range: rangeOf(certificate.slice) } }),
    }
  })
  if (report)
    nodes.push({
      id: 'report',
      kind: 'content',
      title: say('node.nvidia.report'),
      cite: { artifact, path: 'report', ranges: [rangeOf({ ...report.$.slice, end: report.signature.slice.start })] },
    })
  return nodes
}
