import { type ArtifactIndex, bytesOf, rangeOf } from '../../core/place.ts'
import { say } from '../../core/saying.ts'
import type { AppraisalContext, CaseItem, Prepared } from '../../core/scheme.ts'
import type {
  CollateralUse,
  CollateralWish,
  Ladder,
  RootFinding,
  TimelineEntry,
  TrustNode,
  VendorStatus,
  WholePath,
} from '../../core/verdict.ts'
import { isoOf } from '../../bytes/der-node.ts'
import { withLater } from '../../bytes/later.ts'
import { sameBytes, toHex } from '../../bytes/layout.ts'
import { FULL_LIST, readCrl, revocation, standing } from '../../pki/crl.ts'
import { anchorCertificate } from '../../pki/anchors.ts'
import { issuersAmong } from '../../pki/issuers.ts'
import { rootFinding, verifyPath } from '../../pki/path.ts'
import type { Certificate, Crl, CrlStanding, PathProfile, PathResult, Revocation } from '../../pki/types.ts'
import { publishedAuthorities, replacedAuthorities, type KeyKind } from './anchors.ts'
import { accompanyingOf, carriedBy, type Carried } from './carried.ts'
import { chainWish, crlWish, leafWish } from './collateral.ts'
import { KNOWN_VERSIONS, type DecodedReport, type SnpReport } from './decoded.ts'
import { ownCopies } from './copies.ts'
import { compareFloors, type FloorResult } from './floors.ts'
import { readReport } from './formats/report.ts'
import { launchOf, type Launch } from './id-block.ts'
import { certificatesOf, choosing, findLeaf, isMisfit, placeOf, type Held, type LeafSearch } from './leaf.ts'
import { SIGNING_KEY } from './layout.ts'
import { tcbLayoutOf, type Product } from './product.ts'
import type { Component } from './vcek.ts'

/** Chip under intermediate under root, all RSA-4096 with PSS and SHA-384 above the chip. AMD's own extensions are not critical. */
const PROFILE: PathProfile = {
  id: 'amd-sev',
  knownCritical: [],
  algorithms: ['rsa:4096/rsassa-pss-SHA384'],
  maxDepth: 3,
}

/** A revocation list of the case and what became of it. */
export interface HeldCrl {
  readonly crl: Crl
  readonly item: CaseItem
  readonly standing: CrlStanding
}

/** Everything worked out once, for the checks to read. */
export interface PreparedReport extends Prepared {
  readonly artifact: ArtifactIndex
  readonly decoded: DecodedReport
  /** Undefined when the bytes end before the report does. */
  readonly report: SnpReport | undefined
  readonly isKnownVersion: boolean
  /** SIGNING_KEY in words: `VCEK`, `VLEK`, `NONE`, or undefined for a value without a meaning. */
  readonly stated: string | undefined
  /** The generation, by the report's processor or else by the certificate. */
  readonly product: Product | undefined
  readonly productFrom: 'cpuid' | 'certificate' | undefined
  readonly leaf: LeafSearch
  readonly held: readonly Held[]
  readonly path: PathResult | undefined
  /** The chain ends below a certificate whose issuer bears the name of a known root, which did not sign it. */
  readonly isUnderFalseName: boolean
  /** Of the certificate between chip and root; undefined without a path to a root. */
  readonly revocation: Revocation | undefined
  /** Only where a list by the chip's own issuer is here. AMD publishes none. */
  readonly leafRevocation: Revocation | undefined
  readonly crls: readonly HeldCrl[]
  readonly floors: readonly FloorResult[]
  /** Artifacts that the container pairs with this report and says its user data commits to. */
  readonly accompanying: readonly CaseItem[]
  /** Certificates in named places of the report's own file. */
  readonly carried: readonly Carried[]
  /** What was handed in at launch, where it lies beside the report. */
  readonly launch: Launch
  readonly forbids: ReadonlySet<string>
  readonly minimumTcb: Readonly<Record<string, number>> | undefined
}

/** Selection, chain, revocation and wishes for one report. */
export async function prepare(subject: CaseItem, context: AppraisalContext): Promise<PreparedReport> {
  const first = subject.decoded as DecodedReport
  const held = certificatesOf(context.items)
  const { leaf, path } = await bestPath(await findLeaf(first, held, subject, context.items), held, context)
  const fromCertificate = leaf.chosen?.vcek.product
  const product = first.processor ? first.processor.product : fromCertificate
  // Once the certificate says which generation it is, the eight bytes of each TCB are read in that order.
  const isMisread =
    first.processor?.product === undefined &&
    fromCertificate !== undefined &&
    tcbLayoutOf(fromCertificate) !== first.tcbLayout
  const decoded = isMisread
    ? readReport(first.slice, fromCertificate).decoded
    : first.processor?.product === undefined && fromCertificate !== undefined
      ? { ...first, tcbFrom: 'certificate' as const }
      : first
  const report = decoded.report
  const { crls, ...revoked } = await revocationOf(path, context.items, context.at)
  const stated = report ? SIGNING_KEY[report.body.keyInfo.flags.SIGNING_KEY] : undefined
  const kind: KeyKind = stated === 'VLEK' ? 'VLEK' : 'VCEK'
  const level =
    report && product
      ? {
          product,
          tcb: report.body.reportedTcb,
          cpuid: report.body.cpuid,
          mitigations: report.body.mitigations,
          smtAllowed: report.body.policy.flags.SMT === 1,
        }
      : undefined
  const floors = level ? compareFloors(level) : []
  return withLater(
    {
      artifact: subject.artifact,
      decoded,
      report,
      isKnownVersion: decoded.version !== undefined && KNOWN_VERSIONS.includes(decoded.version),
      stated,
      product,
      productFrom: first.processor ? 'cpuid' : fromCertificate ? 'certificate' : undefined,
      leaf,
      held,
      path,
      crls,
      floors,
      ...revoked,
      launch: await launchOf(report, context.items),
      accompanying: accompanyingOf(subject, context.items),
      carried: carriedBy(subject, context.items, path, stated),
      forbids: new Set(context.policy.forbid ?? []),
      minimumTcb: context.policy.minimumTcb,
      isUnderFalseName:
        path?.missingIssuer !== undefined &&
        context.anchors.some((anchor) => anchor.subject === toHex(path.missingIssuer?.der ?? new Uint8Array())),
      // A certificate for another TCB that did not sign it is no reason to place the report under any root.
      root: path && !isMisfit(leaf, report) ? await rootFinding(path) : NO_ROOT,
      collateral: usesOf(leaf, path, held, crls),
      wholePath: WHOLE_PATH,
      vendor: vendorOf(report, floors),
      doesNotProve: [
        'limit.snp.physical',
        'limit.snp.no-date',
        'limit.snp.no-current',
        'limit.snp.no-number',
        ...(product === 'Milan' ? ['limit.snp.milan-seed'] : []),
        ...(kind === 'VLEK' ? ['limit.snp.vlek'] : []),
      ],
    },
    {
      wishes: () => wishesOf(report, product, kind, leaf, path, revoked.revocation),
      nodes: () => nodesOf(subject, report, leaf, path, held, crls),
      timeline: () => timelineOf(path, crls),
      ladders: () => laddersOf(product, floors),
    },
  )
}

const NO_ROOT: RootFinding = {
  status: 'none',
  holder: 'AMD',
  country: 'US',
  purpose: 'evidence',
  spkiSha256: '',
  sha256: '',
}

/** Of the certificates whose key made the signature, the one under a root: a forged one with the chip's public key changes nothing, before or behind. */
async function bestPath(
  search: LeafSearch,
  held: readonly Held[],
  context: AppraisalContext,
): Promise<{ readonly leaf: LeafSearch; readonly path: PathResult | undefined }> {
  const first = await pathOf(search, held, context)
  const isGood = (path: PathResult | undefined) =>
    path !== undefined && path.faults.length === 0 && !['none', 'unknown'].includes(path.rootStatus)
  if (isGood(first)) return { leaf: search, path: first }
  for (const chosen of search.verifying) {
    if (chosen.item === search.chosen?.item) continue
    const leaf = choosing(search, chosen)
    const path = await pathOf(leaf, held, context)
    if (isGood(path)) return { leaf, path }
  }
  return { leaf: search, path: first }
}

async function pathOf(
  { chosen }: LeafSearch,
  held: readonly Held[],
  context: AppraisalContext,
): Promise<PathResult | undefined> {
  if (!chosen) return undefined
  const leaf = chosen.vcek.certificate
  const search = async (authorities: readonly Certificate[]) => {
    const signers = [...authorities, ...context.anchors.flatMap((anchor) => anchorCertificate(anchor) ?? [])]
    const copies = await Promise.all(authorities.map((one) => ownCopies(one, held, signers)))
    return verifyPath({
      leaf,
      // A few copies of published keys that the case has, whose bytes are then on the path; the published ones; strangers last.
      pool: await issuersAmong(
        leaf,
        [...copies.flat(), ...authorities, ...held.map((one) => one.certificate)],
        context.anchors,
      ),
      anchors: context.anchors,
      purpose: 'evidence',
      profile: PROFILE,
      at: context.at,
    })
  }
  const path = await search(publishedAuthorities())
  const isFound = path.rootStatus !== 'none' && path.faults.length === 0
  if (isFound || !replacedAuthorities().some((one) => sameBytes(one.subject.der, leaf.issuer.der))) return path
  return search([...publishedAuthorities(), ...replacedAuthorities()])
}

/** Three states for the certificate between chip and root; AMD's lists are the root's and name such certificates only. */
export async function revocationOf(
  path: PathResult | undefined,
  items: readonly CaseItem[],
  at: number,
): Promise<{
  readonly revocation: Revocation | undefined
  readonly leafRevocation: Revocation | undefined
  readonly crls: readonly HeldCrl[]
}> {
  const lists = items.flatMap((item) => {
    const crl = item.format === 'x509.crl' ? readCrl(item.slice) : undefined
    return crl ? [{ crl, item }] : []
  })
  const [leaf, middle, root] = path?.path ?? []
  if (!leaf || !middle) return { revocation: undefined, leafRevocation: undefined, crls: [] }
  const all = lists.map((one) => one.crl)
  const crls: HeldCrl[] = []
  for (const one of lists) {
    const byMiddle = await standing(one.crl, middle, at, FULL_LIST)
    crls.push({
      ...one,
      standing: byMiddle.authentic === 'foreign' && root ? await standing(one.crl, root, at, FULL_LIST) : byMiddle,
    })
  }
  const isByMiddle = (one: HeldCrl) => sameBytes(one.crl.issuer.der, middle.subject.der)
  return {
    revocation: root
      ? await revocation(
          middle,
          root,
          all.filter((_, i) => {
            const one = crls[i]
            return one === undefined || !isByMiddle(one)
          }),
          at,
          FULL_LIST,
        )
      : undefined,
    leafRevocation: crls.some(isByMiddle)
      ? await revocation(
          leaf,
          middle,
          crls.filter(isByMiddle).map((one) => one.crl),
          at,
          FULL_LIST,
        )
      : undefined,
    crls,
  }
}

function usesOf(
  leaf: LeafSearch,
  path: PathResult | undefined,
  held: readonly Held[],
  crls: readonly HeldCrl[],
): CollateralUse[] {
  const dates = (certificate: Certificate) => ({ from: isoOf(certificate.notBefore), to: isoOf(certificate.notAfter) })
  const onPath = (certificate: Certificate) =>
    path?.path.some((one) => one === certificate || sameBytes(bytesOf(one.slice), bytesOf(certificate.slice))) ?? false
  const others = new Set(leaf.others.map((one) => one.item))
  return [
    ...held.map(({ certificate, item }): CollateralUse => ({
      kind: 'certificate',
      key: certificate.subject.commonName,
      artifact: item.artifact,
      origin: item.origin,
      ...dates(certificate),
      use: onPath(certificate) ? 'used' : 'not-for-this',
      because: say(
        onPath(certificate) ? 'snp.use.on-path' : others.has(item) ? 'snp.use.other-chip' : 'snp.use.other-chain',
        { subject: certificate.subject.commonName },
      ),
    })),
    ...crls.map(({ crl, item, standing: found }): CollateralUse => ({
      kind: 'crl',
      key: crl.issuer.commonName,
      artifact: item.artifact,
      origin: item.origin,
      from: isoOf(crl.thisUpdate),
      to: crl.nextUpdate === undefined ? null : isoOf(crl.nextUpdate),
      use: found.authentic === 'authentic' ? 'used' : found.authentic === 'foreign' ? 'not-for-this' : 'rejected',
      because: found.because,
    })),
  ]
}

function wishesOf(
  report: SnpReport | undefined,
  product: Product | undefined,
  kind: KeyKind,
  leaf: LeafSearch,
  path: PathResult | undefined,
  revoked: Revocation | undefined,
): CollateralWish[] {
  if (!report) return []
  const wishes: CollateralWish[] = []
  const wanted = leaf.chosen && leaf.chosen.signature?.result === 'valid' ? undefined : leafWish(report, product, kind)
  if (wanted) wishes.push(wanted)
  if (!product) return wishes
  if (path && path.rootStatus === 'none') wishes.push(chainWish(product, kind))
  // Under a root that nobody knows, AMD's list speaks about others.
  if (path?.rootStatus !== 'unknown' && (!revoked || revoked.state === 'not-checked'))
    wishes.push(crlWish(product, kind))
  return wishes
}

function nodesOf(
  subject: CaseItem,
  report: SnpReport | undefined,
  leaf: LeafSearch,
  path: PathResult | undefined,
  held: readonly Held[],
  crls: readonly HeldCrl[],
): TrustNode[] {
  const nodes: TrustNode[] = []
  const list = crls.find((one) => one.standing.authentic === 'authentic') ?? crls[0]
  for (const [index, certificate] of [...(path?.path ?? [])].entries()) {
    const place = placeOf(certificate, held)
    const isRoot = index > 0 && index === (path?.path.length ?? 0) - 1 && path?.rootStatus !== 'none'
    nodes.unshift({
      id: index === 0 ? 'leaf' : isRoot ? 'root' : 'intermediate',
      kind: isRoot ? 'root' : 'certificate',
      title: say(index === 0 ? 'node.snp.leaf' : isRoot ? 'node.snp.root' : 'node.snp.intermediate'),
      name: certificate.subject.commonName,
      from: isoOf(certificate.notBefore),
      to: isoOf(certificate.notAfter),
      ...(place
        ? { certificate: place, cite: { artifact: place.artifact, path: 'certificate', ranges: [place.range] } }
        : {}),
    })
  }
  if (list)
    nodes.push({
      id: 'crl',
      kind: 'collateral',
      title: say('node.snp.crl'),
      name: list.crl.issuer.commonName,
      cite: { artifact: list.item.artifact, path: 'crl', ranges: [rangeOf(list.crl.slice)] },
      from: isoOf(list.crl.thisUpdate),
      ...(list.crl.nextUpdate === undefined ? {} : { to: isoOf(list.crl.nextUpdate) }),
    })
  if (!report) return nodes
  const { body } = report
  nodes.push(
    {
      id: 'report',
      kind: 'content',
      title: say('node.snp.report'),
      name: leaf.chosen?.vcek.productName ?? '',
      cite: { artifact: subject.artifact, path: body.$.path, ranges: [body.$.range] },
    },
    {
      id: 'data',
      kind: 'data',
      title: say('node.snp.data'),
      cite: { artifact: subject.artifact, path: body.reportData.path, ranges: body.reportData.ranges },
    },
  )
  return nodes
}

const WHOLE_PATH: WholePath = {
  nodes: [
    { id: 'root', kind: 'root', title: say('node.snp.root') },
    { id: 'intermediate', kind: 'certificate', title: say('node.snp.intermediate') },
    { id: 'leaf', kind: 'certificate', title: say('node.snp.leaf') },
    { id: 'crl', kind: 'collateral', title: say('node.snp.crl') },
    { id: 'report', kind: 'content', title: say('node.snp.report') },
    { id: 'data', kind: 'data', title: say('node.snp.data') },
  ],
  steps: [
    { from: 'root', to: 'intermediate', by: 'signature', check: 'snp.chains-to-ark' },
    { from: 'intermediate', to: 'leaf', by: 'signature', check: 'snp.chains-to-ark' },
    { from: 'leaf', to: 'report', by: 'signature', check: 'snp.signed-by-chip-key' },
    { from: 'report', to: 'data', by: 'reference', check: 'snp.signed-by-chip-key' },
    { from: 'root', to: 'crl', by: 'signature', check: 'snp.authority-not-revoked' },
    { from: 'crl', to: 'intermediate', by: 'reference', check: 'snp.authority-not-revoked' },
  ],
}

function timelineOf(path: PathResult | undefined, crls: readonly HeldCrl[]): TimelineEntry[] {
  return [
    ...(path?.path ?? []).map((certificate, i): TimelineEntry => ({
      id: `certificate-${i}`,
      title: say('timeline.snp.certificate', { name: certificate.subject.commonName }),
      kind: 'certificate',
      from: isoOf(certificate.notBefore),
      to: isoOf(certificate.notAfter),
    })),
    ...crls
      .filter((one) => one.standing.authentic === 'authentic')
      .map(({ crl, item }): TimelineEntry => ({
        id: `crl-${item.artifact}`,
        title: say('timeline.snp.crl', { name: crl.issuer.commonName }),
        kind: 'crl',
        from: isoOf(crl.thisUpdate),
        to: crl.nextUpdate === undefined ? null : isoOf(crl.nextUpdate),
      })),
  ]
}

/** The known floors, one by one: AMD states no levels. */
function laddersOf(product: Product | undefined, floors: readonly FloorResult[]): Ladder[] {
  if (!product || floors.length === 0) return []
  return [
    {
      id: 'snp-floors',
      title: say('ladder.snp.floors', { product }),
      source: null,
      evaluationNumber: null,
      match: null,
      columns: [],
      platform: [],
      rows: [],
      floors: floors.map(({ floor, state, found }) => ({
        name: floor.name,
        advisories: [floor.bulletin, ...floor.cves],
        has: found ?? null,
        standing: state,
        isSecondHand: floor.source.class === 'second-hand',
        ...(floor.need.kind === 'component'
          ? { component: LABEL[floor.need.component], least: floor.need.minimum }
          : { component: `CURRENT_MIT_VECTOR[${floor.need.bit}]`, least: 1 }),
      })),
    },
  ]
}

const LABEL: Readonly<Record<Component, string>> = {
  fmc: 'FMC',
  bootloader: 'BOOT_LOADER',
  tee: 'TEE',
  snp: 'SNP',
  microcode: 'MICROCODE',
}

function vendorOf(report: SnpReport | undefined, floors: readonly FloorResult[]): VendorStatus {
  const advisories = [...new Set(floors.filter((one) => one.state === 'below').map((one) => one.floor.bulletin))]
  return {
    scheme: 'amd',
    tcbStatus: null,
    error: null,
    advisories,
    tcbDate: null,
    evaluationNumber: null,
    debug: report ? report.body.policy.flags.DEBUG === 1 : null,
  }
}
