import type { ArtifactIndex, Slice } from '../../core/place.ts'
import type { CaseItem } from '../../core/scheme.ts'
import { isZero, sameBytes } from '../../bytes/layout.ts'
import { readCertificate } from '../../pki/certificate.ts'
import type { Certificate } from '../../pki/types.ts'
import type { VerifyResult } from '../../crypto/types.ts'
import { topOf } from './carried.ts'
import { FORMATS, type DecodedReport, type SnpReport } from './decoded.ts'
import { SIGNING_KEY, type Tcb } from './layout.ts'
import type { Product } from './product.ts'
import { verifyReport } from './signature.ts'
import { COMPONENTS, readVcek, type Component, type Vcek } from './vcek.ts'

/** A certificate of the case with the artifact that holds it. */
export interface Held {
  readonly certificate: Certificate
  readonly item: CaseItem
}

/** Every certificate of the case. Those inside PEM bundles and tables are items of their own. */
export function certificatesOf(items: readonly CaseItem[]): Held[] {
  return items.flatMap((item) => {
    if (item.format !== 'x509.certificate' && item.format !== FORMATS.leaf) return []
    const certificate = readCertificate(item.slice)
    return certificate ? [{ certificate, item }] : []
  })
}

/** More candidates than any case has; the rest is listed as not used. */
const MOST = 64

/** A chip certificate that might belong to this report. */
export interface Candidate {
  readonly vcek: Vcek
  readonly item: CaseItem
  readonly signature: VerifyResult | undefined
}

/**
 * Why this certificate was taken. `verifies`: its key made the signature. `claims`: it names the report's chip and TCB, so the signature ought to hold.
 * `carried`: it came inside the same file as the report. `meant`: it is of this chip, or of the kind of key that names none; one of the two was changed, or it is for another TCB.
 */
export type Belongs = 'verifies' | 'claims' | 'carried' | 'meant'
export interface Chosen extends Candidate {
  readonly belongs: Belongs
}

export interface LeafSearch {
  readonly chosen: Chosen | undefined
  /** All whose key made the signature, the likeliest first: anybody can write a certificate around a public key, so each is tried. */
  readonly verifying: readonly Chosen[]
  readonly others: readonly Candidate[]
}

/** The same search with another of the verifying certificates chosen. */
export function choosing(search: LeafSearch, chosen: Chosen): LeafSearch {
  const all = [...(search.chosen ? [search.chosen] : []), ...search.others]
  return { ...search, chosen, others: all.filter((one) => one.item !== chosen.item) }
}

/**
 * Tries every chip certificate. One whose key made the signature belongs to the report, whatever it says about itself; that is for the checks.
 * One for another chip proves nothing against the report: somebody may have added the wrong file.
 */
export async function findLeaf(
  decoded: DecodedReport,
  held: readonly Held[],
  subject: CaseItem,
  items: readonly CaseItem[],
): Promise<LeafSearch> {
  const report = decoded.report
  const readable = held.flatMap(({ certificate, item }) => {
    const vcek = certificate.keyKind === 'ec:P-384' ? readVcek(certificate) : undefined
    return vcek ? [{ vcek, item, isNamed: report !== undefined && namesReport(vcek, report) }] : []
  })
  // The limit bites strangers: whoever names this report stands before it.
  const tried = [...readable.filter((one) => one.isNamed), ...readable.filter((one) => !one.isNamed)].slice(0, MOST)
  const candidates: Candidate[] = []
  for (const { vcek, item } of tried) candidates.push({ vcek, item, signature: await verifyReport(decoded, vcek) })
  const valid = report ? candidates.filter((one) => one.signature?.result === 'valid') : []
  const rank = (one: Candidate) => (report && namesReport(one.vcek, report) ? 0 : one.vcek.kind === undefined ? 2 : 1)
  const verifying = valid.toSorted((a, b) => rank(a) - rank(b)).map((one): Chosen => ({ ...one, belongs: 'verifies' }))
  const choose = (): Chosen | undefined => {
    if (!report) return undefined
    if (verifying[0]) return verifying[0]
    const claiming = candidates.find((one) => one.vcek.kind === 'VCEK' && namesReport(one.vcek, report))
    if (claiming) return { ...claiming, belongs: 'claims' }
    const carried = candidates.find((one) => isCarriedWith(one.item, subject, items))
    if (carried) return { ...carried, belongs: 'carried' }
    const meant = candidates.find((one) => isMeant(one.vcek, report))
    return meant && { ...meant, belongs: 'meant' }
  }
  const chosen = choose()
  return { chosen, verifying, others: candidates.filter((one) => one.item !== chosen?.item) }
}

/**
 * True when certificate and report speak of one chip although not everything agrees. The id of another chip differs in nearly every byte, so one changed byte leaves the chip recognisable;
 * where the host masks the id, and for a provider's key, there is no chip to compare.
 */
function isMeant(vcek: Vcek, report: SnpReport): boolean {
  const { keyInfo, chipId, reportedTcb } = report.body
  if (vcek.kind === 'VLEK')
    return (
      SIGNING_KEY[keyInfo.flags.SIGNING_KEY] === 'VLEK' || tcbDifferences(vcek, reportedTcb, vcek.product).length === 0
    )
  if (!vcek.hwId) return false
  const named = [...vcek.hwId.value]
  const [equal, zero] = [
    named.filter((byte, i) => chipId.value[i] === byte).length,
    named.filter((_, i) => chipId.value[i] === 0).length,
  ]
  return 2 * Math.max(equal, zero) >= named.length
}

/** True when both came out of the same dropped file. */
function isCarriedWith(item: CaseItem, subject: CaseItem, items: readonly CaseItem[]): boolean {
  const all = new Map([...items, subject].map((one) => [one.artifact, one]))
  return item.parent !== null && topOf(item, all) === topOf(subject, all)
}

/** True when the certificate is for this chip and this TCB. */
export function namesReport(vcek: Vcek, report: SnpReport): boolean {
  return (
    chipAgrees(vcek, report.body.chipId.value) === 'equal' &&
    tcbDifferences(vcek, report.body.reportedTcb, vcek.product).length === 0
  )
}

/**
 * True when a certificate that did not come with the report is of the same chip (or names none) but for another TCB, by more than one bit:
 * fetched too late or too early. One differing bit could as well be a changed bit of the report, so that stays a failure.
 */
export function isForAnotherTcb(chosen: Chosen, report: SnpReport): boolean {
  if (chosen.belongs !== 'meant' || chipAgrees(chosen.vcek, report.body.chipId.value) === 'differs') return false
  const bits = tcbDifferences(chosen.vcek, report.body.reportedTcb, chosen.vcek.product).map(
    (one) => (one.report ?? 0) ^ (one.certificate ?? 0),
  )
  return bits.length > 1 || bits.some((changed) => (changed & (changed - 1)) !== 0)
}

/** True when the best certificate that is here is one for another TCB, and did not sign the report: nothing follows from it. */
export function isMisfit({ chosen }: LeafSearch, report: SnpReport | undefined): boolean {
  return report !== undefined && chosen?.signature?.result === 'invalid' && isForAnotherTcb(chosen, report)
}

/** How HWID and CHIP_ID compare. A short HWID names the first bytes; what lies behind must be zero. */
export function chipAgrees(vcek: Vcek, chipId: Uint8Array): 'equal' | 'differs' | 'masked' | 'no-hwid' {
  if (!vcek.hwId) return 'no-hwid'
  if (isZero(chipId)) return 'masked'
  const length = vcek.hwId.value.length
  return sameBytes(vcek.hwId.value, chipId.subarray(0, length)) && isZero(chipId.subarray(length)) ? 'equal' : 'differs'
}

/** Components that a TCB of this generation has. */
export function componentsOf(product: Product | undefined): readonly Component[] {
  return COMPONENTS.filter((component) => component !== 'fmc' || product === 'Turin')
}

export interface TcbDifference {
  readonly component: Component
  readonly report: number | undefined
  readonly certificate: number | undefined
}

/** Components in which certificate and REPORTED_TCB differ, one by one: comparing the eight bytes as one number would let a high component hide a low one. */
export function tcbDifferences(vcek: Vcek, tcb: Tcb, product: Product | undefined): TcbDifference[] {
  return componentsOf(product).flatMap((component) => {
    const report = tcb[component]?.value
    const certificate = vcek.tcb[component]?.value
    return report === certificate && report !== undefined ? [] : [{ component, report, certificate }]
  })
}

/** Where a certificate lies, when it came with the case. */
export function placeOf(
  certificate: Certificate,
  held: readonly Held[],
):
  | {
      readonly artifact: ArtifactIndex
      readonly range: { readonly space: string; readonly start: number; readonly end: number }
    }
  | undefined {
  const hit = held.find((one) => one.certificate === certificate)
  const slice: Slice = certificate.slice
  return hit && { artifact: hit.item.artifact, range: { space: slice.space, start: slice.start, end: slice.end } }
}
