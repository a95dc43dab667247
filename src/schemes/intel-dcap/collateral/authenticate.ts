import { Attached } from '../../../bytes/attached.ts'
import { bytesOf, sliceOf, type ByteRange } from '../../../core/place.ts'
import { say, type Saying } from '../../../core/saying.ts'
import type { TrustAnchor } from '../../../core/scheme.ts'
import { sameBytes } from '../../../bytes/layout.ts'
import { verifyEndorsement } from '../../../crypto/remember.ts'
import type { SignatureAlgorithm, VerifyResult } from '../../../crypto/types.ts'
import { readPem } from '../../../envelope/pem.ts'
import { readCertificate, spkiSha256 } from '../../../pki/certificate.ts'
import { FULL_LIST, revocation } from '../../../pki/crl.ts'
import { spokenName } from '../../../pki/names.ts'
import { issuersAmong } from '../../../pki/issuers.ts'
import { verifyPath } from '../../../pki/path.ts'
import type { Certificate, Crl, PathResult, Revocation } from '../../../pki/types.ts'
import type { SignedCollateral } from '../decoded.ts'
import { PCK_EXTENSION } from '../formats/pck.ts'
import { tcbSigningProfile } from '../profile.ts'
import type { Found } from './inventory.ts'

/** r ‖ s over the exact bytes of the member. */
const COLLATERAL_SIGNATURE: SignatureAlgorithm = { kind: 'ecdsa', hash: 'SHA-256', form: 'p1363' }

/** Most different keys that are tried on one item: a case full of certificates must not become a case full of work. */
const SIGNER_LIMIT = 8

/** What a signed JSON item needs besides its bytes. */
export interface Signed extends SignedCollateral {
  readonly issueDateMs: number | undefined
  readonly nextUpdateMs: number | undefined
}

/** Where an item stands in time; bounds inclusive, in whole seconds. */
export type Standing = 'current' | 'expired' | 'future' | 'undated'

/** An item with what is known of its origin. `open`: nothing speaks against it, but its signer cannot be traced. */
export interface Authenticated<T extends Signed> {
  readonly source: Found<T>
  readonly state: 'authentic' | 'rejected' | 'open'
  readonly because: Saying
  /** The signature and its signer hold, whatever became of the content. */
  readonly isSigned: boolean
  /** What in the item is wrong, when that has a place of its own. */
  readonly at: ByteRange | undefined
  readonly signer: Certificate | undefined
  readonly path: PathResult | undefined
  /** Whether the signer's certificate was revoked. Undefined when there is no signer. */
  readonly revocation: Revocation | undefined
  readonly standing: Standing
}

/** What all items of a case are judged with. */
export interface Surroundings {
  readonly at: number
  readonly anchors: readonly TrustAnchor[]
  /** Certificates of the case, then the published ones; the order is the order of preference. */
  readonly pool: readonly Certificate[]
  readonly lists: readonly Crl[]
  /** Key of the root that the evidence hangs on; undefined when the evidence shows none. Collateral must hang on the same one. */
  readonly rootKey: string | undefined
}

/** Names of the reasons that differ between kinds of items. */
export interface Reasons {
  readonly signature: string
  readonly format: string
}

/** Traces an item to its signer and the signer to the root of the evidence. */
export async function authenticate<T extends Signed>(
  source: Found<T>,
  reasons: Reasons,
  around: Surroundings,
): Promise<Authenticated<T>> {
  const { value } = source
  const base = {
    source,
    isSigned: false,
    at: undefined,
    signer: undefined,
    path: undefined,
    revocation: undefined,
    standing: standingOf(value.issueDateMs, value.nextUpdateMs, around.at),
  }
  if (!value.body || !value.signature) return { ...base, state: 'rejected', because: say('collateral.unsigned') }
  const body = bytesOf(value.body)
  const hit = await findSigner(value, body, around)
  if (hit.kind === 'none') return { ...base, ...hit.verdict(reasons) }
  const traced = await trace(hit.signers, around)
  if (!traced) return { ...base, state: 'open', because: say('collateral.no-signer') }
  const { signer, path } = traced
  const known = { ...base, signer, path }
  const refusal = await refuse(path, around)
  if (refusal) return { ...known, ...refusal }
  const issuer = path.path[1]
  const standing = issuer ? await revocation(signer, issuer, around.lists, around.at, FULL_LIST) : undefined
  if (standing?.state === 'listed')
    return {
      ...known,
      revocation: standing,
      state: 'rejected',
      because: say('collateral.signer-revoked', { subject: spokenName(signer.subject) }, 'collateral-signer-revoked'),
    }
  const fault = value.formatFaults[0]
  if (fault) {
    const isNamed = fault.because.code === 'status-unknown' || fault.because.code === 'duplicate-key'
    return {
      ...known,
      revocation: standing,
      state: 'rejected',
      isSigned: true,
      at: fault.range,
      because: isNamed
        ? fault.because
        : say(reasons.format, { member: fault.path === '' ? value.bodyPath : fault.path }),
    }
  }
  // Intel signs the member without white space and re-makes that form to verify it; what was signed otherwise is none of Intel's.
  if (value.compact())
    return { ...known, revocation: standing, state: 'rejected', isSigned: true, because: say('collateral.not-compact') }
  return {
    ...known,
    revocation: standing,
    state: 'authentic',
    isSigned: true,
    because: say('collateral.authentic', { signer: signer.subject.commonName }),
  }
}

type Search =
  | { readonly kind: 'found'; readonly signers: readonly Certificate[] }
  | { readonly kind: 'none'; readonly verdict: (reasons: Reasons) => Pick<Authenticated<Signed>, 'state' | 'because'> }

// The key that verifies, and every certificate of it: the one in date may not be the one that came along.
async function findSigner(value: Signed, body: Uint8Array, around: Surroundings): Promise<Search> {
  const pool = around.pool.filter(couldSign)
  const first = await tryKeys(pool, body, value)
  if (first.valid) {
    const known = sameKey(pool, first.valid)
    // The container's own chain is opened only when nothing in the case is in date.
    return {
      kind: 'found',
      signers: known.some((one) => isInDate(one, around.at))
        ? known
        : [...known, ...sameKey(hinted(value), first.valid)],
    }
  }
  const extra = hinted(value).filter((one) => !pool.some((other) => sameBytes(bytesOf(one.spki), bytesOf(other.spki))))
  const second = await tryKeys(extra, body, value)
  if (second.valid) return { kind: 'found', signers: sameKey(extra, second.valid) }
  const all = [...pool, ...extra]
  const compact = value.compact()
  if (compact && (await tryKeys(all, compact, value)).valid)
    return {
      kind: 'none',
      verdict: () => ({ state: 'rejected', because: say('collateral.compact-only', {}, 'collateral-compact-only') }),
    }
  const unsupported = first.unsupported ?? second.unsupported
  if (unsupported) return { kind: 'none', verdict: () => ({ state: 'open', because: unsupported.because }) }
  if (all.length === 0)
    return { kind: 'none', verdict: () => ({ state: 'open', because: say('collateral.no-signer') }) }
  return {
    kind: 'none',
    verdict: (reasons) => ({ state: 'rejected', because: say(reasons.signature, {}, 'collateral-signature') }),
  }
}

// Not an authority, not a platform's certificate, and a key of the right kind.
function couldSign(certificate: Certificate): boolean {
  return (
    certificate.keyKind === 'ec:P-256' &&
    certificate.basicConstraints?.cA !== true &&
    !certificate.extensions.some((extension) => extension.oid === PCK_EXTENSION)
  )
}

function sameKey(certificates: readonly Certificate[], like: Certificate): Certificate[] {
  return certificates.filter((one) => sameBytes(bytesOf(one.spki), bytesOf(like.spki)))
}

/** Of each item once, however often it is judged. */
const hintedOnce = new Attached<Signed, readonly Certificate[]>()

function hinted(value: Signed): readonly Certificate[] {
  const known = hintedOnce.get(value) ?? readHinted(value)
  hintedOnce.set(value, known)
  return known
}

function readHinted({ issuerChain }: Signed): readonly Certificate[] {
  if (issuerChain === undefined) return []
  const bytes = new TextEncoder().encode(issuerChain)
  return readPem(sliceOf('hint', bytes), 'hint')
    .blocks.flatMap((block) => readCertificate(block.slice) ?? [])
    .filter(couldSign)
}

async function tryKeys(
  certificates: readonly Certificate[],
  data: Uint8Array,
  { signature }: Signed,
): Promise<{ readonly valid?: Certificate; readonly unsupported?: VerifyResult }> {
  const tried: Uint8Array[] = []
  let unsupported: VerifyResult | undefined
  for (const certificate of certificates) {
    const key = bytesOf(certificate.spki)
    if (!signature || tried.length >= SIGNER_LIMIT || tried.some((other) => sameBytes(other, key))) continue
    tried.push(key)
    const result = await verifyEndorsement(COLLATERAL_SIGNATURE, key, data, signature)
    if (result.result === 'valid') return { valid: certificate }
    if (result.result === 'unsupported') unsupported = result
  }
  return unsupported ? { unsupported } : {}
}

// Of the certificates of one key, the first that is in date and hangs on a root; else the first that hangs on a root; else the first.
async function trace(
  signers: readonly Certificate[],
  around: Surroundings,
): Promise<{ readonly signer: Certificate; readonly path: PathResult } | undefined> {
  const inDate = (one: Certificate) => isInDate(one, around.at)
  let best: { readonly signer: Certificate; readonly path: PathResult } | undefined
  for (const signer of signers.toSorted((a, b) => Number(inDate(b)) - Number(inDate(a))).slice(0, SIGNER_LIMIT)) {
    const path = await verifyPath({
      leaf: signer,
      pool: await issuersAmong(signer, around.pool, around.anchors),
      anchors: around.anchors,
      purpose: 'evidence',
      profile: tcbSigningProfile,
      at: around.at,
    })
    if (path.faults.length === 0 && path.rootStatus !== 'none') return { signer, path }
    best ??= { signer, path }
  }
  return best
}

async function refuse(
  path: PathResult,
  around: Surroundings,
): Promise<Pick<Authenticated<Signed>, 'state' | 'because'> | undefined> {
  const fault = path.faults[0]
  if (fault) return { state: 'rejected', because: fault.because }
  if (path.unsupported[0]) return { state: 'open', because: path.unsupported[0].because }
  if (path.rootStatus === 'none')
    return { state: 'open', because: say('collateral.no-issuer', { issuer: path.missingIssuer?.text ?? '' }) }
  // A root whose private key anybody may have must not speak about evidence under another root.
  const key = await rootKeyOf(path)
  // Intel QVL TCBSigningChain.cpp: a chain of two, and the name says what the certificate is for. Not everybody under the root may speak about levels.
  if (path.path.length > 2 || !/SGX TCB Signing/.test(path.path[0]?.subject.commonName ?? ''))
    return { state: 'rejected', because: say('collateral.signer-name', { subject: path.path[0]?.subject.text ?? '' }) }
  if (around.rootKey === undefined ? path.rootStatus !== 'pinned' : key !== around.rootKey)
    return { state: 'rejected', because: say('collateral.other-root', { root: path.path.at(-1)?.subject.text ?? '' }) }
  return undefined
}

/** The certificates with those first whom the root of the evidence lets sign: a case full of strangers must not hide the signer. */
export async function signersFirst(around: Surroundings): Promise<readonly Certificate[]> {
  const { pool, anchors, at } = around
  const candidates = pool.filter(couldSign)
  if (candidates.length <= SIGNER_LIMIT) return pool
  const good = new Set<Certificate>()
  for (const leaf of candidates) {
    if (!/SGX TCB Signing/.test(leaf.subject.commonName)) continue
    if (
      !(await refuse(
        await verifyPath({
          leaf,
          pool: await issuersAmong(leaf, pool, anchors),
          anchors,
          purpose: 'evidence',
          profile: tcbSigningProfile,
          at,
        }),
        around,
      ))
    )
      good.add(leaf)
  }
  return pool.toSorted((a, b) => Number(good.has(b)) - Number(good.has(a)))
}

function isInDate(certificate: Certificate, at: number): boolean {
  return standingOf(certificate.notBefore, certificate.notAfter, at) === 'current'
}

/** SHA-256 of the key at the end of a path; undefined when the path ends before a root. */
export async function rootKeyOf(path: PathResult): Promise<string | undefined> {
  if (path.anchor) return path.anchor.spkiSha256
  const last = path.path.at(-1)
  return last && path.rootStatus !== 'none' ? spkiSha256(last) : undefined
}

/** Where an instant lies in a validity. */
export function standingOf(from: number | undefined, to: number | undefined, at: number): Standing {
  if (from === undefined || to === undefined) return 'undated'
  const second = Math.floor(at / 1000) * 1000
  return !(second >= from) ? 'future' : !(second <= to) ? 'expired' : 'current'
}
