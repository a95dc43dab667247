import { type ArtifactIndex, rangeOf, subSlice, type ByteRange, type Slice } from '../../core/place.ts'
import { say } from '../../core/saying.ts'
import type { AppraisalContext, CaseItem, Prepared, TrustAnchor } from '../../core/scheme.ts'
import type { CollateralUse, CollateralWish, RootFinding, TrustNode } from '../../core/verdict.ts'
import { isZero, toHex } from '../../bytes/layout.ts'
import type { VerifyResult } from '../../crypto/types.ts'
import { digest } from '../../crypto/verify.ts'
import { anchorKeyBytes } from '../../pki/anchors.ts'
import { ROOT_KEY_ID, ROOT_USER_ID } from './anchors.ts'
import { FORMATS, type CaCertificate, type CsvCertificate, type DecodedCa, type DecodedCertificate } from './decoded.ts'
import type { DecodedDcu, DecodedReport } from './decoded.ts'
import { signedPart, signerOf, verifyBy } from './keys.ts'
import { CEK, HRK, HSK, SIGNED } from './numbers.ts'

/** A certificate of the case. `isCarried`: it came inside the evidence, so that a fault in it is the evidence's own. */
export interface Held<T> {
  readonly item: CaseItem
  readonly slice: Slice
  readonly value: T
  readonly isCarried: boolean
}

/** One link: who should have signed, and what came of it. `missing`: nobody of that kind is here. */
export type Link<T> =
  | { readonly state: 'missing' }
  | {
      readonly state: 'tried'
      readonly signer: Held<T>
      readonly result: VerifyResult
      /** Others whose key is the same: anybody can write a certificate around a key. */
      readonly alike: readonly Held<T>[]
    }

/** What signed the topmost certificate: a key that is pinned or was added, a root certificate of the case, or nobody here. */
export type RootLink =
  | { readonly state: 'missing' }
  | { readonly state: 'anchor'; readonly anchor: TrustAnchor }
  | { readonly state: 'dropped'; readonly signer: Held<CaCertificate>; readonly spkiSha256: string }
  /** `isNamedHere`: the root that the certificate names by its id is pinned or here, and did not sign it. */
  | { readonly state: 'none-fits'; readonly tried: number; readonly isNamedHere: boolean }

export type CsvSubject =
  | { readonly kind: 'report'; readonly decoded: DecodedReport }
  | { readonly kind: 'dcu'; readonly decoded: DecodedDcu }

export interface PreparedCsv extends Prepared {
  readonly artifact: ArtifactIndex
  readonly subject: CsvSubject
  /** The report's signature: by the PEK inside it, or by the DCU's own CEK. */
  readonly bySigner: VerifyResult | undefined
  /** Bytes that this signature covers, as stored. */
  readonly signed: ByteRange | undefined
  readonly pekByCek: Link<CsvCertificate>
  readonly cekByHsk: Link<CaCertificate>
  readonly hskByRoot: RootLink
  /** The same of an HSK that did not sign the chip's certificate: said, and worth nothing. */
  readonly strangeByRoot: RootLink
  readonly cek: Held<CsvCertificate> | undefined
  readonly hsk: Held<CaCertificate> | undefined
}

const MISSING = { state: 'missing' } as const
/** Most certificates of one kind that are tried; those that came with the evidence come first. */
const MOST = 64

/** The chain from a report to Hygon's root key. */
export async function prepare(item: CaseItem, context: AppraisalContext): Promise<PreparedCsv> {
  const subject: CsvSubject =
    item.format === FORMATS.dcu
      ? { kind: 'dcu', decoded: item.decoded as DecodedDcu }
      : { kind: 'report', decoded: item.decoded as DecodedReport }
  const held = certificatesOf(item, context)
  const ceks = held.keys.filter((one) => one.value.body.usage.value === CEK)
  const hsks = held.authorities.filter((one) => one.value.body.usage.value === HSK)
  const roots = held.authorities.filter((one) => one.value.body.usage.value === HRK)
  const own = await ownSignature(subject, ceks)
  const { cek, cekByHsk, hsk, hskByRoot } = await bestAbove(own.cek, subject, hsks, (one) =>
    rootLink(one, roots, context.anchors),
  )
  const signedBy = cek && isSigner(own.cek, cek) ? cek : undefined
  const strange = cekByHsk.state === 'tried' && !hsk ? cekByHsk.signer : undefined
  const body = subject.decoded.value
  return {
    artifact: item.artifact,
    subject,
    bySigner: own.result,
    signed: own.signed,
    pekByCek: signedBy && own.cek.state === 'tried' ? { ...own.cek, signer: signedBy } : own.cek,
    cekByHsk,
    hskByRoot,
    strangeByRoot: strange ? await rootLink(strange, roots, context.anchors) : MISSING,
    cek,
    hsk,
    root: rootOf(hskByRoot),
    collateral: usesOf(held, signedBy, signedBy && hsk, hskByRoot),
    wishes: hsk ? [] : wishesOf(item),
    timeline: [],
    ladders: [],
    nodes: nodesOf(item, subject, cek, hsk, hskByRoot),
    vendor: {
      scheme: 'hygon',
      tcbStatus: null,
      error: null,
      advisories: [],
      tcbDate: null,
      evaluationNumber: null,
      debug: body ? (item.facts.debug?.value ?? null) : null,
    },
    doesNotProve: [
      ...(subject.kind === 'report' && subject.decoded.version === 1 ? ['limit.csv.mask'] : []),
      ...(subject.kind === 'report' ? ['limit.csv.chip-id'] : []),
      'limit.csv.no-revocation',
      'limit.csv.no-levels',
    ],
  }
}

/** Formats whose content is one sender's evidence. */
const CONTAINERS: readonly string[] = [FORMATS.evidence, FORMATS.json, FORMATS.dcuJson, 'uar.report']

function containersOf(item: CaseItem, all: ReadonlyMap<number, CaseItem>): ReadonlySet<number> {
  const found = new Set<number>()
  for (let at = item.parent; at !== null;) {
    const parent = all.get(at)
    if (!parent) break
    if (CONTAINERS.includes(parent.format ?? '')) found.add(parent.artifact)
    at = parent.parent
  }
  return found
}

function certificatesOf(
  subject: CaseItem,
  { items }: AppraisalContext,
): { readonly keys: readonly Held<CsvCertificate>[]; readonly authorities: readonly Held<CaCertificate>[] } {
  const all = new Map(items.map((item) => [item.artifact, item]))
  const around = containersOf(subject, all)
  const isCarried = (item: CaseItem) => [...containersOf(item, all)].some((container) => around.has(container))
  const keys: Held<CsvCertificate>[] = []
  const authorities: Held<CaCertificate>[] = []
  for (const item of items) {
    if (item.format === FORMATS.certificate) {
      const { slice, value } = item.decoded as DecodedCertificate
      if (value) keys.push({ item, slice, value, isCarried: isCarried(item) })
    } else if (item.format === FORMATS.ca) {
      const { slice, value } = item.decoded as DecodedCa
      if (value) authorities.push({ item, slice, value, isCarried: isCarried(item) })
    }
  }
  const carriedFirst = (a: { readonly isCarried: boolean }, b: { readonly isCarried: boolean }) =>
    Number(b.isCarried) - Number(a.isCarried)
  return { keys: keys.toSorted(carriedFirst), authorities: authorities.toSorted(carriedFirst) }
}

/** Tries every candidate: the one that signed, and those with the same key; else the first, whose signature then does not hold. */
async function linkOf<T>(
  candidates: readonly Held<T>[],
  verify: (one: Held<T>) => Promise<VerifyResult>,
): Promise<Link<T>> {
  let first: Link<T> = MISSING
  let good: Link<T> | undefined
  for (const signer of candidates.slice(0, MOST)) {
    const result = await verify(signer)
    if (result.result !== 'valid')
      first = first.state === 'missing' ? { state: 'tried', signer, result, alike: [] } : first
    else if (good?.state === 'tried') good = { ...good, alike: [...good.alike, signer] }
    else good = { state: 'tried', signer, result, alike: [] }
  }
  return good ?? first
}

const isSigner = <T>(link: Link<T>, one: Held<T>): boolean =>
  link.state === 'tried' && link.result.result === 'valid' && [link.signer, ...link.alike].includes(one)

const signersOf = <T>(link: Link<T>): readonly Held<T>[] =>
  link.state === 'tried' && link.result.result === 'valid' ? [link.signer, ...link.alike] : []

interface Above {
  readonly cek: Held<CsvCertificate> | undefined
  readonly cekByHsk: Link<CaCertificate>
  readonly hsk: Held<CaCertificate> | undefined
  readonly hskByRoot: RootLink
}

/** Most ways up that are tried. */
const MOST_WAYS = 64

/** Of the certificates of one key, the ones that lead to a root: a copy that somebody changed does not hide the genuine one, before or behind. */
async function bestAbove(
  own: Link<CsvCertificate>,
  subject: CsvSubject,
  hsks: readonly Held<CaCertificate>[],
  rootOfHsk: (hsk: Held<CaCertificate>) => Promise<RootLink>,
): Promise<Above> {
  // A DCU's report whose signature fails is broken whatever stands above the key that was tried: that is looked at all the same.
  const tried = subject.kind === 'dcu' && own.state === 'tried' ? [own.signer] : []
  const signers = signersOf(own)
  let best: Above = { cek: undefined, cekByHsk: MISSING, hsk: undefined, hskByRoot: MISSING }
  let ways = 0
  for (const cek of signers.length > 0 ? signers : tried) {
    const cekByHsk = await linkOf(hsks, (hsk) => cekSignature(cek, hsk))
    const above = signersOf(cekByHsk)
    if (best.cek === undefined || (above.length > 0 && best.hsk === undefined))
      best = { cek, cekByHsk, hsk: undefined, hskByRoot: MISSING }
    for (const hsk of above) {
      if (ways++ >= MOST_WAYS) return best
      const way: Above = {
        cek,
        cekByHsk: cekByHsk.state === 'tried' ? { ...cekByHsk, signer: hsk } : cekByHsk,
        hsk,
        hskByRoot: await rootOfHsk(hsk),
      }
      if (way.hskByRoot.state === 'anchor') return way
      if (best.hsk === undefined || (way.hskByRoot.state === 'dropped' && best.hskByRoot.state !== 'dropped'))
        best = way
    }
  }
  return best
}

interface OwnSignature {
  readonly result: VerifyResult | undefined
  readonly signed: ByteRange | undefined
  readonly cek: Link<CsvCertificate>
}

async function ownSignature(subject: CsvSubject, ceks: readonly Held<CsvCertificate>[]): Promise<OwnSignature> {
  if (subject.kind === 'dcu') {
    const { slice, value } = subject.decoded
    if (!value) return { result: undefined, signed: undefined, cek: MISSING }
    const signed = subSlice(slice, 0, SIGNED.dcu)
    const cek = await linkOf(ceks, (one) =>
      verifyBy(signerOf(one.value), signed, value.r.value, value.s.value, 'report'),
    )
    return { result: cek.state === 'tried' ? cek.result : undefined, signed: rangeOf(signed), cek }
  }
  const { slice, value, pek, version } = subject.decoded
  const cek = pek ? await pekLink(subject.decoded, pek, ceks) : MISSING
  // A report that is cut off behind its signer's certificate still says who should have signed it.
  if (!value || !pek) return { result: undefined, signed: undefined, cek }
  const signed = subSlice(slice, 0, version === 1 ? SIGNED.v1 : SIGNED.v2)
  return {
    result: await verifyBy(signerOf(pek), signed, value.r.value, value.s.value, 'report'),
    signed: rangeOf(signed),
    cek,
  }
}

function pekLink(
  decoded: DecodedReport,
  pek: CsvCertificate,
  ceks: readonly Held<CsvCertificate>[],
): Promise<Link<CsvCertificate>> {
  return linkOf(ceks, (cek) =>
    verifyBy(signerOf(cek.value), signedPart(decoded.clear, pek), pek.first.r.value, pek.first.s.value),
  )
}

function cekSignature({ slice, value }: Held<CsvCertificate>, hsk: Held<CaCertificate>): Promise<VerifyResult> {
  return verifyBy(signerOf(hsk.value), signedPart(slice, value), value.first.r.value, value.first.s.value)
}

async function rootLink(
  { slice, value }: Held<CaCertificate>,
  roots: readonly Held<CaCertificate>[],
  anchors: readonly TrustAnchor[],
): Promise<RootLink> {
  const signed = signedPart(slice, value)
  const userId = new TextEncoder().encode(ROOT_USER_ID)
  const keys = anchors.filter((anchor) => anchor.format === 'raw-key')
  const named = toHex(value.body.certifyingId.value)
  let isNamedHere = named === ROOT_KEY_ID
  for (const anchor of keys) {
    const spki = anchorKeyBytes(anchor.spki)
    if (!spki) continue
    const result = await verifyBy({ spki, userId }, signed, value.r.value, value.s.value)
    if (result.result === 'valid') return { state: 'anchor', anchor }
  }
  for (const signer of roots.slice(0, MOST)) {
    const key = signerOf(signer.value)
    const isItsOwn = await verifyBy(
      key,
      signedPart(signer.slice, signer.value),
      signer.value.r.value,
      signer.value.s.value,
    )
    if (!key || isItsOwn.result !== 'valid') continue
    isNamedHere ||= named === toHex(signer.value.body.keyId.value)
    if ((await verifyBy(key, signed, value.r.value, value.s.value)).result === 'valid')
      return { state: 'dropped', signer, spkiSha256: toHex(await digest('SHA-256', key.spki)) }
  }
  return { state: 'none-fits', tried: keys.length + roots.length, isNamedHere }
}

function rootOf(link: RootLink): RootFinding {
  if (link.state === 'anchor') {
    const { status, holder, country, purpose, spkiSha256, sha256 } = link.anchor
    return { status: status ?? 'pinned', holder, country, purpose, spkiSha256, sha256 }
  }
  const common = { country: '', purpose: 'evidence' }
  if (link.state === 'dropped')
    return { ...common, status: 'added', holder: 'HRK', spkiSha256: link.spkiSha256, sha256: link.signer.item.sha256() }
  return {
    ...common,
    status: link.state === 'none-fits' ? 'unknown' : 'none',
    holder: 'HRK',
    spkiSha256: '',
    sha256: '',
  }
}

/** The chip's certificates from Hygon's server, asked for by the chip id that the report states. */
function wishesOf({ facts }: CaseItem): CollateralWish[] {
  const id = facts.deviceId?.value
  const text = id ? new TextDecoder('latin1').decode(id) : ''
  if (!/^[A-Za-z0-9]{4,32}$/.test(text)) return []
  const url = `https://cert.hygon.cn/hsk_cek?snumber=${text}`
  return [
    {
      kind: 'hsk_cek',
      key: text,
      title: say('wish.csv.hsk-cek', { chip: text }),
      urls: [url],
      curl: `curl -sSf '${url}' -o hsk_cek-${text}.cert`,
    },
  ]
}

function usesOf(
  held: ReturnType<typeof certificatesOf>,
  cek: Held<CsvCertificate> | undefined,
  hsk: Held<CaCertificate> | undefined,
  root: RootLink,
): CollateralUse[] {
  const used = new Set([cek?.item, hsk?.item, root.state === 'dropped' ? root.signer.item : undefined])
  const rows = [...held.keys, ...held.authorities].map(({ item, value }): CollateralUse => {
    const isUsed = used.has(item)
    return {
      kind: 'certificate',
      key: String(value.body.usage.value),
      artifact: item.artifact,
      origin: item.origin,
      use: isUsed ? 'used' : 'not-for-this',
      because: say(isUsed ? 'csv.certificate-used' : 'csv.certificate-not-for-this'),
      from: null,
      to: null,
    }
  })
  return rows.toSorted((a, b) => a.artifact - b.artifact)
}

function nodesOf(
  item: CaseItem,
  subject: CsvSubject,
  cek: Held<CsvCertificate> | undefined,
  hsk: Held<CaCertificate> | undefined,
  root: RootLink,
): TrustNode[] {
  const citeOf = (one: { readonly item: CaseItem }) => ({
    artifact: one.item.artifact,
    path: '',
    ranges: [rangeOf(one.item.slice)],
  })
  const pek = subject.kind === 'report' ? subject.decoded.pek : undefined
  const body = subject.decoded.value
  const data =
    subject.kind === 'report' ? subject.decoded.value?.teeInfo.reportData : subject.decoded.value?.body.userData
  return [
    {
      id: 'hrk',
      kind: 'root',
      title: say('node.csv.hrk'),
      name: root.state === 'anchor' ? root.anchor.holder : 'HRK',
      ...(root.state === 'dropped' ? { cite: citeOf(root.signer) } : {}),
    },
    { id: 'hsk', kind: 'certificate', title: say('node.csv.hsk'), name: 'HSK', ...(hsk ? { cite: citeOf(hsk) } : {}) },
    { id: 'cek', kind: 'certificate', title: say('node.csv.cek'), name: 'CEK', ...(cek ? { cite: citeOf(cek) } : {}) },
    ...(pek
      ? [
          {
            id: 'pek',
            kind: 'certificate' as const,
            title: say('node.csv.pek'),
            name: 'PEK',
            cite: { artifact: item.artifact, path: pek.$.path, ranges: [pek.$.range] },
          },
        ]
      : []),
    {
      id: 'report',
      kind: 'content',
      title: say(subject.kind === 'dcu' ? 'node.csv.dcu' : 'node.csv.report'),
      cite: { artifact: item.artifact, path: '', ranges: [rangeOf(item.slice)] },
    },
    ...(body && data
      ? [
          {
            id: 'data',
            kind: 'data' as const,
            title: say('node.csv.data'),
            cite: { artifact: item.artifact, path: data.path, ranges: data.ranges },
          },
        ]
      : []),
  ]
}

/** True when a number of 72 bytes is 32 and then zeros, as both coordinates and both halves must be. */
export function limbsFit(...numbers: readonly Uint8Array[]): boolean {
  return numbers.every((bytes) => isZero(bytes.subarray(32)))
}

/** Equal bytes, given as hex on one side. */
export function equalsHex(bytes: Uint8Array, hex: string): boolean {
  return toHex(bytes) === hex
}
