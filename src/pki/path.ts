import { bytesOf } from '../core/place.ts'
import { say } from '../core/saying.ts'
import type { TrustAnchor } from '../core/scheme.ts'
import type { RootFinding } from '../core/verdict.ts'
import { sameBytes } from '../bytes/layout.ts'
import { verifyEndorsement } from '../crypto/remember.ts'
import type { VerifyResult } from '../crypto/types.ts'
import { beginChain } from './ahead.ts'
import { anchorCertificate, anchorFor, bareAnchors } from './anchors.ts'
import { certificateSha256, spkiSha256 } from './certificate.ts'
import { spokenName } from './names.ts'
import { profileFaults, validityFaults } from './path-profile.ts'
import type { Certificate, PathFault, PathLink, PathRequest, PathResult } from './types.ts'

/** Most certificates that are looked at beside the leaf. */
export const POOL_LIMIT = 32
/** Most certificates in one path, unless the profile says less. */
export const DEPTH_LIMIT = 8
/** Most signatures that one search verifies. */
export const SIGNATURE_LIMIT = 64
/** Most steps of one search: many certificates of one name make many paths even when each signature is verified once. */
const STEP_LIMIT = 512

/** One step of a path: who vouches for the certificate before, and what came of its signature. */
interface Step {
  readonly certificate: Certificate
  readonly signed: Edge | undefined
}
/** `key-id`: the signature holds, but the key identifiers name another key. */
interface Edge {
  readonly result: VerifyResult
  readonly keyIdMatches: boolean
}

type End =
  | { readonly kind: 'anchor'; readonly anchor: TrustAnchor; readonly self: VerifyResult | undefined }
  | { readonly kind: 'bare-anchor'; readonly anchor: TrustAnchor; readonly edge: VerifyResult }
  | { readonly kind: 'self-signed'; readonly self: VerifyResult }
  | { readonly kind: 'missing' }

interface Route {
  readonly steps: readonly Step[]
  readonly end: End
  readonly faults: readonly PathFault[]
}

interface Search {
  readonly request: PathRequest
  /** Those of the purpose that is asked for. */
  readonly anchors: readonly TrustAnchor[]
  readonly candidates: readonly Certificate[]
  readonly fromAnchors: ReadonlySet<Certificate>
  readonly maxDepth: number
  readonly edges: Map<string, VerifyResult>
  readonly ids: Map<Certificate, number>
  signatures: number
  steps: number
  exhausted: boolean
  cyclic: boolean
  tooDeep: boolean
  best: Route | undefined
}

/**
 * Finds the path from the given leaf to an anchor and says everything that is wrong with it.
 * The leaf is what the caller says it is, never what an order suggests; anchors are known by subject and key, never by what the evidence carries.
 * All issuers of a name are tried; a signature counts as wrong only when every one of them fails. Always ends: depth, pool, signatures and steps are bounded.
 */
export async function verifyPath(request: PathRequest): Promise<PathResult> {
  const distinct = distinctCertificates(request.pool.filter((one) => !sameCertificate(one, request.leaf)))
  const pool = distinct.slice(0, POOL_LIMIT)
  const anchors = request.anchors.filter((anchor) => anchor.purpose === request.purpose)
  const fromAnchors = anchors.flatMap((anchor) => anchorCertificate(anchor) ?? [])
  const search: Search = {
    request,
    anchors,
    maxDepth: Math.min(request.profile.maxDepth ?? DEPTH_LIMIT, DEPTH_LIMIT),
    fromAnchors: new Set(fromAnchors),
    // The evidence's own copies come first, so that a root which it carries is on the path and its bytes are looked at.
    candidates: [...pool, ...fromAnchors.filter((one) => !pool.some((other) => sameCertificate(one, other)))],
    edges: new Map(),
    ids: new Map(),
    signatures: 0,
    steps: 0,
    exhausted: false,
    cyclic: false,
    tooDeep: false,
    best: undefined,
  }
  beginChain(request.leaf, pool, fromAnchors)
  await explore(search, [{ certificate: request.leaf, signed: undefined }])
  const route = search.best ?? {
    steps: [{ certificate: request.leaf, signed: undefined }],
    end: { kind: 'missing' as const },
    faults: [],
  }
  const isGood = route.end.kind !== 'missing' && route.faults.length === 0
  const leafRange = request.leaf.slice
  const extra: PathFault[] = []
  if (distinct.length > POOL_LIMIT) extra.push(atLeaf('chain.count', { count: request.pool.length, limit: POOL_LIMIT }))
  if ((search.exhausted || search.cyclic) && !isGood)
    extra.push(atLeaf('chain.budget', { signatures: search.signatures, limit: SIGNATURE_LIMIT }))
  else if (search.tooDeep && !isGood) extra.push(atLeaf('chain.depth', { limit: search.maxDepth }))
  return resultOf(search, route, extra, distinct)

  function atLeaf(text: string, params: Readonly<Record<string, string | number>>): PathFault {
    return {
      because: say(text, params, 'search-limit'),
      index: 0,
      range: { space: leafRange.space, start: leafRange.start, end: leafRange.end },
    }
  }
}

function sameCertificate(a: Certificate, b: Certificate): boolean {
  return a === b || sameBytes(bytesOf(a.slice), bytesOf(b.slice))
}

// One more than may be used is enough to know that there are too many.
function distinctCertificates(certificates: readonly Certificate[]): Certificate[] {
  const distinct: Certificate[] = []
  for (const one of certificates) {
    if (distinct.length > POOL_LIMIT) break
    if (!distinct.some((other) => sameCertificate(one, other))) distinct.push(one)
  }
  return distinct
}

// Depth first, best continuations first; stops at the first path to an anchor without any fault.
async function explore(search: Search, steps: readonly Step[]): Promise<boolean> {
  const current = steps.at(-1)?.certificate
  if (!current) return false
  if (search.steps++ >= STEP_LIMIT) {
    search.exhausted = true
    return offer(search, { steps, end: { kind: 'missing' } })
  }
  const isSelfIssued = sameBytes(current.issuer.der, current.subject.der)
  const anchor = await anchorFor(search.anchors, current)
  if (anchor) {
    const found = await endAt(search, steps, current, anchor)
    if (found) return offer(search, found)
  }
  const onPath = new Set(steps.map((step) => step.certificate))
  const bearers = search.candidates.filter((one) => sameBytes(one.subject.der, current.issuer.der))
  const named = bearers.filter(
    (one) => !onPath.has(one) && !steps.some((step, i) => i > 0 && sameKey(step.certificate, one)),
  )
  if (bearers.length > 0 && named.length === 0 && !isSelfIssued) search.cyclic = true
  if (named.length > 0 && steps.length >= search.maxDepth) search.tooDeep = true
  const tried: { readonly certificate: Certificate; readonly edge: Edge }[] = []
  if (steps.length < search.maxDepth) {
    for (const certificate of named) {
      const result = await verified(search, current, certificate)
      if (result) tried.push({ certificate, edge: { result, keyIdMatches: keyIdMatches(current, certificate) } })
    }
  }
  const self = isSelfIssued ? await verified(search, current, current) : undefined
  const usable = tried
    .filter(({ edge }) => edge.result.result !== 'invalid')
    .sort((a, b) => rank(a.edge) - rank(b.edge))
  for (const { certificate, edge } of usable) {
    if (await explore(search, [...steps, { certificate, signed: edge }])) return true
  }
  // Keys that are known without a certificate come last: nearly every chain carries its root, and each such key costs a verification.
  for (const bare of bareAnchors(search.anchors, current)) {
    const edge = await verifiedBy(search, current, bare.spki)
    if (
      edge &&
      edge.result !== 'invalid' &&
      (await offer(search, { steps, end: { kind: 'bare-anchor', anchor: bare.anchor, edge } }))
    )
      return true
  }
  if (self && self.result !== 'invalid') return offer(search, { steps, end: { kind: 'self-signed', self } })
  if (usable.length > 0) return false
  // Nobody of that name made the signature. Candidates whose key identifier fits are proved wrong; the others are merely somebody else, and the issuer is missing.
  const wrong = tried.filter((one) => one.edge.keyIdMatches)
  for (const { certificate, edge } of wrong) {
    if (await explore(search, [...steps, { certificate, signed: edge }])) return true
  }
  if (wrong.length > 0) return false
  if (self && keyIdMatches(current, current)) return offer(search, { steps, end: { kind: 'self-signed', self } })
  return offer(search, { steps, end: { kind: 'missing' } })
}

/**
 * Name and key of an anchor are public, so anybody can write a certificate around them. One counts as the anchor when it is the published one, or when it verifies under that key.
 * Another one that calls somebody else its issuer says nothing about the anchor: where it stands above others, whose signatures hold under the anchor's key, it is left over;
 * a leaf like that is a certificate like any other, and undefined is returned.
 */
async function endAt(
  search: Search,
  steps: readonly Step[],
  current: Certificate,
  anchor: TrustAnchor,
): Promise<Omit<Route, 'faults'> | undefined> {
  const isSelfIssued = sameBytes(current.issuer.der, current.subject.der)
  const published = anchorCertificate(anchor)
  const isPublished = isPublishedIn(search, current)
  if (isSelfIssued && !search.fromAnchors.has(current)) {
    // The evidence's copy of a root is bytes like any other: its signature over itself is looked at.
    const self = await verified(search, current, current)
    if (self) return { steps, end: { kind: 'anchor', anchor, self } }
    return { steps, end: isPublished ? { kind: 'anchor', anchor, self } : { kind: 'missing' } }
  }
  if (isPublished) return { steps, end: { kind: 'anchor', anchor, self: undefined } }
  const below = steps.at(-1)?.signed
  if (!below) return undefined
  const rest = steps.slice(0, -1)
  if (published)
    return {
      steps: [...rest, { certificate: published, signed: below }],
      end: { kind: 'anchor', anchor, self: undefined },
    }
  return below.result.result === 'invalid'
    ? { steps, end: { kind: 'missing' } }
    : { steps: rest, end: { kind: 'bare-anchor', anchor, edge: below.result } }
}

function isPublishedIn(search: Search, certificate: Certificate): boolean {
  return search.fromAnchors.has(certificate) || [...search.fromAnchors].some((one) => sameCertificate(one, certificate))
}

function rank(edge: Edge): number {
  return (edge.result.result === 'valid' ? 0 : 2) + (edge.keyIdMatches ? 0 : 1)
}

function sameKey(a: Certificate, b: Certificate): boolean {
  return sameBytes(a.subject.der, b.subject.der) && sameBytes(bytesOf(a.spki), bytesOf(b.spki))
}

// Only where both say something: AWS leaves have no authority key identifier.
function keyIdMatches(subject: Certificate, issuer: Certificate): boolean {
  const wanted = subject.authorityKeyId
  const own = issuer.subjectKeyId
  return wanted === undefined || own === undefined || sameBytes(wanted, own)
}

async function verified(search: Search, subject: Certificate, issuer: Certificate): Promise<VerifyResult | undefined> {
  const idOf = (certificate: Certificate) => {
    const known = search.ids.get(certificate) ?? search.ids.size
    search.ids.set(certificate, known)
    return known
  }
  const key = `${idOf(subject)}<${idOf(issuer)}`
  const known = search.edges.get(key)
  if (known) return known
  const result = await verifiedBy(search, subject, bytesOf(issuer.spki))
  if (result) search.edges.set(key, result)
  return result
}

async function verifiedBy(search: Search, subject: Certificate, spki: Uint8Array): Promise<VerifyResult | undefined> {
  if (!subject.algorithm)
    return { result: 'unsupported', because: say('crypto.unsupported', { name: subject.algorithmName }) }
  if (search.signatures >= SIGNATURE_LIMIT) {
    search.exhausted = true
    return undefined
  }
  search.signatures++
  return verifyEndorsement(subject.algorithm, spki, bytesOf(subject.tbs), bytesOf(subject.signature))
}

// Keeps the best path; true when it cannot become better.
async function offer(search: Search, found: Omit<Route, 'faults'>): Promise<boolean> {
  const route: Route = { ...found, faults: faultsOf(search, found) }
  if (!search.best || score(route) > score(search.best)) search.best = route
  return route.faults.length === 0 && (route.end.kind === 'anchor' || route.end.kind === 'bare-anchor')
}

function score(route: Route): number {
  const end = { anchor: 3, 'bare-anchor': 3, 'self-signed': 2, missing: 1 }[route.end.kind]
  const broken = route.faults.some(({ because }) => because.code === 'chain-signature' || because.code === 'key-weak')
  // A path whose signatures hold beats one that reaches further on a broken one; a fault of form keeps the anchor that it leads to.
  return (broken ? 0 : 1000) + end * 100 - Math.min(99, route.faults.length)
}

function faultsOf(search: Search, { steps, end }: Omit<Route, 'faults'>): PathFault[] {
  const certificates = steps.map((step) => step.certificate)
  const last = certificates.length - 1
  const rangeOfSignature = (index: number) => {
    const slice = certificates[index]?.signature
    return slice ? { space: slice.space, start: slice.start, end: slice.end } : { space: '', start: 0, end: 0 }
  }
  const faults: PathFault[] = []
  steps.forEach(({ signed }, i) => {
    if (!signed) return
    const params = spokenPair(certificates[i - 1], certificates[i])
    if (signed.result.result === 'invalid')
      faults.push({
        because: signatureFault(signed.result, params),
        index: i - 1,
        range: rangeOfSignature(i - 1),
      })
    else if (!signed.keyIdMatches)
      faults.push({ because: say('chain.key-id', params, 'key-id'), index: i - 1, range: rangeOfSignature(i - 1) })
  })
  const self = end.kind === 'anchor' || end.kind === 'self-signed' ? end.self : undefined
  const name = certificates[last] === undefined ? '' : spokenName(certificates[last].subject)
  const isPublishedEnd = certificates[last] !== undefined && isPublishedIn(search, certificates[last])
  if (self?.result === 'invalid' && !isPublishedEnd)
    faults.push({
      because: signatureFault(self, { subject: name, issuer: name }),
      index: last,
      range: rangeOfSignature(last),
    })
  const anchorKeyKind = end.kind === 'bare-anchor' ? end.anchor.spki : undefined
  faults.push(
    ...profileFaults(certificates, search.request.profile, {
      isAnchored: end.kind === 'anchor',
      isPublished: (certificate) => isPublishedIn(search, certificate),
      bareAnchorSpki: anchorKeyKind,
    }),
  )
  return faults.sort((a, b) => a.index - b.index)
}

function resultOf(
  search: Search,
  route: Route,
  extra: readonly PathFault[],
  distinct: readonly Certificate[],
): PathResult {
  const { steps, end } = route
  const path = steps.map((step) => step.certificate)
  const last = path.length - 1
  const links: PathLink[] = steps.flatMap(({ signed }, i) => (signed ? [linkOf(i - 1, i, signed.result)] : []))
  if ((end.kind === 'anchor' || end.kind === 'self-signed') && end.self) links.push(linkOf(last, last, end.self))
  if (end.kind === 'bare-anchor') links.push(linkOf(last, last + 1, end.edge))
  const anchor = end.kind === 'anchor' || end.kind === 'bare-anchor' ? end.anchor : undefined
  const unsupported = links.flatMap((link): PathFault[] => {
    const certificate = path[link.subject]
    return link.outcome === 'unsupported' && certificate
      ? [
          {
            because: link.because,
            index: link.subject,
            range: {
              space: certificate.signature.space,
              start: certificate.signature.start,
              end: certificate.signature.end,
            },
          },
        ]
      : []
  })
  return {
    path,
    anchor,
    links,
    unsupported,
    rootStatus: anchor ? (anchor.status ?? 'pinned') : end.kind === 'self-signed' ? 'unknown' : 'none',
    faults: [...extra, ...route.faults],
    outside: validityFaults(path, search.request.at),
    unused: distinct.filter((one) => !path.some((other) => sameCertificate(one, other))),
    missingIssuer: end.kind === 'missing' ? path[last]?.issuer : undefined,
  }
}

/** A key that anybody can break is refused before its signature is looked at: that it did not sign is not known. */
function signatureFault({ because }: VerifyResult, params: { readonly subject: string; readonly issuer: string }) {
  return because.code === 'key-weak' ? because : say('chain.signature', params, 'chain-signature')
}

/** Two names that share their common name differ elsewhere: then the sentence needs both whole. */
function spokenPair(
  subject: Certificate | undefined,
  issuer: Certificate | undefined,
): { readonly subject: string; readonly issuer: string } {
  if (!subject || !issuer) return { subject: '', issuer: '' }
  const spoken = { subject: spokenName(subject.subject), issuer: spokenName(issuer.subject) }
  return spoken.subject === spoken.issuer ? { subject: subject.subject.text, issuer: issuer.subject.text } : spoken
}

function linkOf(subject: number, issuer: number, { result, because }: VerifyResult): PathLink {
  switch (result) {
    case 'valid':
      return { subject, issuer, outcome: 'pass', because }
    case 'invalid':
      return { subject, issuer, outcome: 'fail', because }
    case 'unsupported':
      return { subject, issuer, outcome: 'unsupported', because }
  }
}

/** The root that a path ends at, as a verdict's banner names it. */
export async function rootFinding(result: PathResult, purpose = 'evidence'): Promise<RootFinding> {
  const { anchor, rootStatus: status } = result
  if (anchor)
    return {
      status,
      holder: anchor.holder,
      country: anchor.country,
      purpose: anchor.purpose,
      spkiSha256: anchor.spkiSha256,
      sha256: anchor.sha256,
    }
  const last = result.path.at(-1)
  if (!last || status === 'none')
    return { status, holder: result.missingIssuer?.text ?? '', country: '', purpose, spkiSha256: '', sha256: '' }
  return {
    status,
    holder: spokenName(last.subject),
    country: '',
    purpose,
    spkiSha256: await spkiSha256(last),
    sha256: await certificateSha256(last),
  }
}
