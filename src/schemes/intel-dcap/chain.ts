import { bytesOf } from '../../core/place.ts'
import { say, type Saying } from '../../core/saying.ts'
import type { TrustAnchor } from '../../core/scheme.ts'
import { sameBytes, toHex } from '../../bytes/layout.ts'
import type { SignatureAlgorithm, VerifyResult } from '../../crypto/types.ts'
import { verifyEvidence } from '../../crypto/remember.ts'
import { issuersAmong } from '../../pki/issuers.ts'
import { verifyPath } from '../../pki/path.ts'
import type { Certificate, PathProfile, PathResult } from '../../pki/types.ts'
import type { Found } from './collateral/inventory.ts'
import { rootKeyOf } from './collateral/authenticate.ts'
import type { PckExtensions, Quote } from './decoded.ts'
import { CERTIFICATE_BUDGET } from './formats/certificates.ts'
import { PCK_EXTENSION, readPckExtensions } from './formats/pck.ts'
import { pckProfile } from './profile.ts'

/** r ‖ s over the QE report. */
const QE_SIGNATURE: SignatureAlgorithm = { kind: 'ecdsa', hash: 'SHA-256', form: 'p1363' }

/** The certificate whose key is to have signed the QE report, and everything about the chain above it. */
export interface PckChain {
  /** Undefined when neither quote nor case has a certificate that could be it. */
  readonly leaf: Certificate | undefined
  /** Where the leaf came from: the quote itself, or the case beside it. */
  readonly origin: 'quote' | 'case' | undefined
  /** The leaf's artifact when it came from the case. */
  readonly found: Found<Certificate> | undefined
  /** Undefined when there is nothing to verify or no key to verify it with. */
  readonly qeSignature: VerifyResult | undefined
  readonly path: PathResult | undefined
  readonly extensions: PckExtensions | undefined
  /** Issuer of the leaf, when it was found. */
  readonly issuer: Certificate | undefined
  /** The same, unless the root itself is the issuer. */
  readonly intermediate: Certificate | undefined
  /** End of the path, when it is a root. */
  readonly root: Certificate | undefined
  readonly rootKey: string | undefined
  /** Another certificate of the quote has a chain without faults: the leaf is beside the genuine chain, not in it. */
  readonly isBesideGoodChain: boolean
  /** Certificates of the quote for which nobody vouches. `isBroken`: its own signature is wrong, so it was altered. */
  readonly strays: readonly Stray[]
  /** The quote carries a root, but its chain does not lead there: some name in between was changed. */
  readonly hasGap: boolean
  /** What makes the text of the chain other than it was written; undefined when it is clean. */
  readonly textFault: Saying | undefined
}

/** A certificate of the quote that is not part of what the root vouches for. */
export interface Stray {
  readonly certificate: Certificate
  readonly isBroken: boolean
}

const NO_CHAIN: PckChain = {
  leaf: undefined,
  origin: undefined,
  found: undefined,
  qeSignature: undefined,
  path: undefined,
  extensions: undefined,
  issuer: undefined,
  intermediate: undefined,
  root: undefined,
  rootKey: undefined,
  isBesideGoodChain: false,
  strays: [],
  hasGap: false,
  textFault: undefined,
}

/** Certificates that may complete a chain: those of the case, and the published ones. */
export interface ChainPool {
  readonly beside: readonly Found<Certificate>[]
  readonly published: readonly Certificate[]
}

const isPck = (certificate: Certificate) => certificate.extensions.some((extension) => extension.oid === PCK_EXTENSION)

// With the extension first; a certificate whose extension was damaged must still be seen as the leaf, so that its signature can be found wrong.
function leafCandidates(certificates: readonly Certificate[]): readonly Certificate[] {
  const marked = certificates.filter(isPck)
  if (marked.length > 0) return marked
  const plain = certificates.filter((certificate) => certificate.basicConstraints?.cA !== true)
  return plain.length > 0 ? plain : certificates
}

/** Finds the leaf by its key, its path to a root, and whatever in the quote's own chain nobody vouches for. */
export async function findChain(
  quote: Quote,
  pool: ChainPool,
  anchors: readonly TrustAnchor[],
  at: number,
): Promise<PckChain> {
  const own = quote.certificates
  const textFault = faultOfText(quote)
  const besides = pool.beside.map((one) => one.value)
  const candidates = own.length > 0 ? leafCandidates(own) : besides.filter(isPck)
  const signers = await signersAmong(quote, candidates)
  const proved = signers.filter((one) => one.result.result === 'valid')
  // Of certificates that lie beside a quote, only one that proves itself is its PCK; those of the quote are what it claims.
  const claimed =
    proved.length > 0
      ? proved.map((one) => one.certificate)
      : own.length > 0
        ? [signers[0]?.certificate ?? candidates[0]].filter((one) => one !== undefined)
        : []
  const found = await bestPath(claimed, (leaf) => pathOf(leaf, own, [...pool.published, ...besides], anchors, at))
  if (!found) return { ...NO_CHAIN, textFault }
  const { leaf, path } = found
  const signer = signers.find((one) => one.certificate === leaf)
  const rootKey = await rootKeyOf(path)
  const above = path.path[1]
  const last = path.path.at(-1)
  return {
    leaf,
    origin: own.length > 0 ? 'quote' : 'case',
    found: pool.beside.find((one) => one.value === leaf),
    qeSignature: signer?.result,
    path,
    extensions: readPckExtensions(leaf, quote.certificatePaths[own.indexOf(leaf)]),
    issuer: above,
    intermediate: isSelfIssued(above) ? undefined : above,
    root: last !== leaf && isSelfIssued(last) ? last : undefined,
    rootKey,
    isBesideGoodChain:
      path.faults.length > 0 &&
      (await anyGood(
        candidates.filter((one) => one !== leaf),
        own,
        anchors,
        at,
      )),
    strays: own.length > 0 ? await straysOf(own, path, rootKey, anchors, at) : [],
    hasGap: path.rootStatus === 'none' && own.some((one) => one !== leaf && isSelfIssued(one)),
    textFault,
  }
}

function isSelfIssued(certificate: Certificate | undefined): boolean {
  return certificate !== undefined && sameBytes(certificate.issuer.der, certificate.subject.der)
}

interface Signer {
  readonly certificate: Certificate
  readonly result: VerifyResult
}

/** Most certificates of the signing key whose chains are looked for: anybody can make certificates of a key that evidence shows. */
const SAME_KEY_LIMIT = 64

// Every certificate with what its key makes of the QE report; each key is tried once.
async function signersAmong(quote: Quote, candidates: readonly Certificate[]): Promise<Signer[]> {
  const { qeReportSlice, qeReportSignature } = quote
  if (!qeReportSlice || !qeReportSignature) return []
  const results = new Map<string, VerifyResult>()
  const signers: Signer[] = []
  for (const certificate of candidates) {
    const key = toHex(bytesOf(certificate.spki))
    const result =
      results.get(key) ??
      (await verifyEvidence(QE_SIGNATURE, bytesOf(certificate.spki), bytesOf(qeReportSlice), qeReportSignature.value))
    results.set(key, result)
    signers.push({ certificate, result })
  }
  return signers
}

// A certificate that somebody made for the same key must not hide the genuine one: each is tried, and the one that a root vouches for counts.
async function bestPath(
  leaves: readonly Certificate[],
  find: (leaf: Certificate) => Promise<PathResult>,
): Promise<{ readonly leaf: Certificate; readonly path: PathResult } | undefined> {
  let best: { readonly leaf: Certificate; readonly path: PathResult } | undefined
  for (const leaf of leaves.slice(0, SAME_KEY_LIMIT)) {
    const path = await find(leaf)
    if (!best || standingOf(path) > standingOf(best.path)) best = { leaf, path }
    if (standingOf(best.path) === BEST) break
  }
  return best
}

const BEST = 4
function standingOf({ faults, rootStatus }: PathResult): number {
  const root = rootStatus === 'pinned' ? BEST : rootStatus === 'none' ? 1 : rootStatus === 'unknown' ? 2 : 3
  return faults.length === 0 ? root : root - BEST
}

// A root that comes with the page is told before one that the reader added: an added authority below it must not hide it.
async function pathOf(
  leaf: Certificate,
  own: readonly Certificate[],
  others: readonly Certificate[],
  anchors: readonly TrustAnchor[],
  at: number,
): Promise<PathResult> {
  const known = anchors.filter((anchor) => anchor.status !== 'added')
  const path = await pathUnder(leaf, own, others, known, at)
  return known.length === anchors.length ||
    (path.anchor !== undefined && path.rootStatus !== 'switched-off' && path.faults.length === 0)
    ? path
    : pathUnder(leaf, own, others, anchors, at)
}

// The quote's own certificates first; what lies beside it helps only where the quote's own chain ends early.
async function pathUnder(
  leaf: Certificate,
  own: readonly Certificate[],
  others: readonly Certificate[],
  anchors: readonly TrustAnchor[],
  at: number,
): Promise<PathResult> {
  const narrow = await verifyPath({ leaf, pool: own, anchors, purpose: 'evidence', profile: pckProfile, at })
  if (narrow.rootStatus !== 'none') return narrow
  const wide = await verifyPath({
    leaf,
    pool: await issuersAmong(leaf, [...own, ...others], anchors),
    anchors,
    purpose: 'evidence',
    profile: pckProfile,
    at,
  })
  // What lies beside may be anybody's: it completes the chain or it is left aside, but it never makes the evidence look altered.
  const isMisled = wide.faults.some(
    ({ because, index }) =>
      because.code === 'chain-signature' ||
      because.code === 'search-limit' ||
      (index > 0 && !own.some((one) => one === wide.path[index])),
  )
  return wide.rootStatus === 'none' || isMisled ? narrow : wide
}

async function anyGood(
  leaves: readonly Certificate[],
  own: readonly Certificate[],
  anchors: readonly TrustAnchor[],
  at: number,
): Promise<boolean> {
  for (const leaf of leaves.slice(0, 4)) {
    const path = await verifyPath({ leaf, pool: own, anchors, purpose: 'evidence', profile: pckProfile, at })
    if (path.faults.length === 0 && path.rootStatus !== 'none') return true
  }
  return false
}

/** Anything under the same root may stand in the chain unused; what is under none could be anything. */
const strayProfile: PathProfile = {
  ...pckProfile,
  id: 'intel-stray',
  leafMayBeCa: true,
  leafKeyUsage: null,
  required: [],
}

async function straysOf(
  own: readonly Certificate[],
  path: PathResult,
  rootKey: string | undefined,
  anchors: readonly TrustAnchor[],
  at: number,
): Promise<Stray[]> {
  const strays: Stray[] = []
  // A path may end at an authority that the reader added; what stands above it in the quote, and signed it, is no stray.
  const top = path.path.at(-1)
  const above =
    path.anchor && top && !isSelfIssued(top)
      ? await verifyPath({
          leaf: top,
          pool: own,
          anchors: anchors.filter((anchor) => anchor !== path.anchor),
          purpose: 'evidence',
          profile: strayProfile,
          at,
        })
      : undefined
  const onPath = above && above.faults.length === 0 ? [...path.path, ...above.path] : path.path
  const used = (one: Certificate) => onPath.some((other) => sameBytes(bytesOf(other.slice), bytesOf(one.slice)))
  for (const certificate of own.filter((one) => !used(one))) {
    const result = await verifyPath({
      leaf: certificate,
      pool: own,
      anchors,
      purpose: 'evidence',
      profile: strayProfile,
      at,
    })
    // An anchor is known by subject and key; a copy of it that names another issuer was altered, and no signature of it can be looked at.
    const isBroken =
      result.faults.some((fault) => fault.because.code === 'chain-signature') ||
      (result.anchor !== undefined && result.path.length === 1 && !isSelfIssued(certificate))
    const isVouched =
      !isBroken && result.faults.length === 0 && rootKey !== undefined && (await rootKeyOf(result)) === rootKey
    if (!isVouched) strays.push({ certificate, isBroken })
  }
  return strays
}

// A NUL at the end, text between blocks and long lines are odd but change nothing.
// Base64 has room for changes that decode to the same bytes, and a damaged block simply disappears from the list.
function faultOfText(quote: Quote): Saying | undefined {
  const { chainSlice } = quote
  if (!chainSlice) return undefined
  const odd = quote.problems.find((problem) => problem.because.code === 'text-damage')
  if (odd) return odd.because
  const blocks = blockCount(bytesOf(chainSlice))
  if (blocks > CERTIFICATE_BUDGET) return say('chain.count', { count: blocks, limit: CERTIFICATE_BUDGET })
  return blocks > quote.certificates.length
    ? say('chain.unreadable', { count: blocks - quote.certificates.length })
    : undefined
}

// A block whose first line was damaged is still seen by its last.
function blockCount(text: Uint8Array): number {
  const latin = new TextDecoder('latin1').decode(text)
  return Math.max(...['-----BEGIN ', '-----END '].map((mark) => latin.split(mark).length - 1))
}
