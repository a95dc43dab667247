import { type ArtifactIndex, bytesOf } from '../../core/place.ts'
import { say } from '../../core/saying.ts'
import type { AppraisalContext, CaseItem, Prepared } from '../../core/scheme.ts'
import type { RootFinding, TrustNode, WholePath } from '../../core/verdict.ts'
import { isZero, sameBytes, toHex } from '../../bytes/layout.ts'
import { publicKeyOf } from '../../crypto/spki.ts'
import { readDerStrict } from '../../bytes/der.ts'
import type { HashName, SignatureAlgorithm, VerifyResult } from '../../crypto/types.ts'
import { verifySm2WithoutZ } from '../../crypto/sm2-without-z.ts'
import { verifyEvidence } from '../../crypto/remember.ts'
import { digest } from '../../crypto/verify.ts'
import { readCertificate } from '../../pki/certificate.ts'
import { akCertificateOf, type AkCertificate } from './ak-certificate.ts'
import type { DecodedPublic } from './containers.ts'
import { digestSize, FORMATS, hashOf, type DecodedPcrs, type DecodedQuote, type DecodedSignature } from './decoded.ts'

/** A public key of the case and what stands behind it. */
export interface Key {
  readonly item: CaseItem
  readonly spki: Uint8Array
  /** `attested`: an artifact lists it as a key that it vouches for. `certificate`: its certificate is here, and no report lists it. `bare`: nothing but the key. */
  readonly by: 'attested' | 'certificate' | 'bare'
}

/** Evidence whose user data commits to the artifact that lists the key. */
export interface Voucher {
  readonly item: CaseItem
  readonly hash: HashName
}

/** Whether hardware evidence vouches for the key. */
export type Vouching =
  | { readonly state: 'vouched'; readonly list: CaseItem; readonly vouchers: readonly Voucher[] }
  /** The container pairs list and evidence, but the digest is another one. */
  | {
      readonly state: 'broken'
      readonly list: CaseItem
      readonly evidence: CaseItem
      readonly found: string
      readonly expected: string
    }
  /** The evidence commits to the list, but software above the firmware can have had it do so. */
  | { readonly state: 'open'; readonly list: CaseItem; readonly evidence: CaseItem }
  | { readonly state: 'unproven' }

/** Values of the quoted PCRs, compared with the quoted digest. */
export interface PcrComparison {
  readonly item: CaseItem
  readonly digest: string
  readonly matches: boolean
  /** The quote's own container holds them; values from another file that do not match are merely not for this. */
  readonly isOwn: boolean
}

/** Why no signature could be held against the quote. */
export type Unsigned = 'tpm.no-signature' | 'tpm.no-key' | 'tpm.not-by-this-key' | 'tpm.key-other-kind'

export interface PreparedQuote extends Prepared {
  readonly artifact: ArtifactIndex
  readonly decoded: DecodedQuote
  readonly signatures: readonly CaseItem[]
  readonly key: Key | undefined
  readonly signature: { readonly item: CaseItem; readonly result: VerifyResult } | undefined
  readonly unsigned: Unsigned
  readonly vouching: Vouching
  readonly pcrs: PcrComparison | undefined
  readonly akCertificate: AkCertificate | undefined
}

/** Signature, key, what vouches for the key, and the PCRs. */
export async function prepare(subject: CaseItem, context: AppraisalContext): Promise<PreparedQuote> {
  const decoded = subject.decoded as DecodedQuote
  const near = (item: CaseItem) => item.parent === subject.parent && subject.parent !== null
  const byNearness = (items: readonly CaseItem[]) => [...items.filter(near), ...items.filter((item) => !near(item))]
  const signatures = byNearness(context.items.filter((item) => item.format === FORMATS.signature))
  const keys = keysOf(context.items)
  const { key, signature, triedKeys } = await matching(subject, decoded, signatures, keys, near)
  const vouching = await vouchingOf(key, context.items)
  const pcrs = await comparison(decoded, byNearness(readFrom(decoded, context.items)), (item) =>
    isCarriedWith(item, subject, context.items),
  )
  const akCertificate = await akCertificateOf(key?.spki, context)
  return {
    artifact: subject.artifact,
    decoded,
    signatures,
    key,
    signature,
    unsigned:
      signatures.length === 0
        ? 'tpm.no-signature'
        : keys.length === 0
          ? 'tpm.no-key'
          : triedKeys === 0
            ? 'tpm.key-other-kind'
            : 'tpm.not-by-this-key',
    vouching,
    pcrs,
    akCertificate,
    root: NO_ROOT,
    collateral: [],
    wishes: [],
    timeline: [],
    ladders: [],
    doesNotProve: ['limit.tpm2.descriptions', ...(vouching.state === 'vouched' ? ['limit.tpm2.keeper'] : [])],
    vendor: null,
    nodes: nodesOf(subject, decoded, key, vouching),
    wholePath: WHOLE_PATH,
  }
}

/** A quote hangs on no root of its own: what counts is who vouches for its key. */
const NO_ROOT: RootFinding = {
  status: 'none',
  holder: 'TPM',
  country: '',
  purpose: 'evidence',
  spkiSha256: '',
  sha256: '',
}

function keysOf(items: readonly CaseItem[]): Key[] {
  const keys: Key[] = []
  for (const item of items) {
    if (item.facts.attestedKey) keys.push({ item, spki: item.facts.attestedKey.value, by: 'attested' })
    else if (item.format === 'x509.certificate') {
      const certificate = readCertificate(item.slice)
      if (certificate && !certificate.basicConstraints?.cA)
        keys.push({ item, spki: bytesOf(certificate.spki), by: 'certificate' })
    } else if (item.format === 'x509.public-key') keys.push({ item, spki: bytesOf(item.slice), by: 'bare' })
    else if (item.format === FORMATS.publicKey) {
      const { spki } = item.decoded as DecodedPublic
      if (spki) keys.push({ item, spki, by: 'bare' })
    }
  }
  const order = ['attested', 'certificate', 'bare']
  const sorted = keys.sort((a, b) => order.indexOf(a.by) - order.indexOf(b.by))
  // One key in many certificates is one key.
  const distinct = new Map<string, Key>()
  for (const key of sorted) if (!distinct.has(toHex(key.spki))) distinct.set(toHex(key.spki), key)
  return [...distinct.values()].slice(0, MOST_KEYS)
}

/** So many that strangers by the dozen push nobody out; a signature is checked in a fraction of a millisecond. */
const MOST_KEYS = 256
const MOST_TRIES = 1024

/** The signature and the key that belong to the quote; else the pair that the container put together, whose signature then does not hold. */
async function matching(
  subject: CaseItem,
  decoded: DecodedQuote,
  signatures: readonly CaseItem[],
  keys: readonly Key[],
  near: (item: CaseItem) => boolean,
): Promise<{
  readonly key: Key | undefined
  readonly signature: PreparedQuote['signature']
  /** Signatures that a key of the fitting kind was tried on. */
  readonly triedKeys: number
}> {
  const signed = decoded.signed
  if (!signed) return { key: undefined, signature: undefined, triedKeys: 0 }
  let failed: { readonly key: Key; readonly signature: NonNullable<PreparedQuote['signature']> } | undefined
  let tries = 0
  let triedKeys = 0
  for (const item of signatures) {
    for (const key of keys) {
      if (tries >= MOST_TRIES) return { key: failed?.key, signature: failed?.signature, triedKeys }
      const result = await verify(item.decoded as DecodedSignature, key, bytesOf(signed))
      if (!result) continue
      if (result.because.code !== 'key-type') {
        triedKeys++
        tries++
      }
      if (result.result === 'valid') return { key, signature: { item, result }, triedKeys }
      // Only what the evidence itself puts together can speak against it: a key that it vouches for, or that lies in the same container; and of several signatures the quote's own.
      const isOwn =
        near(item) &&
        item.hints['pair'] === subject.hints['pair'] &&
        (key.by === 'attested' || (key.by === 'bare' && near(key.item)))
      if (!failed && isOwn) failed = { key, signature: { item, result } }
    }
  }
  return { key: failed?.key, signature: failed?.signature, triedKeys }
}

interface Statement {
  readonly algorithm: SignatureAlgorithm
  readonly signature: Uint8Array
}

/** TPM_ALG_SM2. */
const SM2 = 0x001b

async function verify(signature: DecodedSignature, key: Key, data: Uint8Array): Promise<VerifyResult | undefined> {
  const { structure } = signature
  // With SM2 a TPM signs the message alone, which is another thing than what certificates and reports carry.
  if (structure?.sigAlg.value === SM2 && hashOf(structure.hash.value) === 'SM3') {
    const { r, s } = structure.signature
    const raw = r && s && joined(r.value, s.value, 32)
    return raw ? verifySm2WithoutZ(key.spki, data, raw) : { result: 'invalid', because: say('signature.length') }
  }
  const statement = statementOf(signature, key)
  if (!statement || 'result' in statement) return statement
  return verifyEvidence(statement.algorithm, key.spki, data, statement.signature)
}

/** What is to be verified with this key; a result where nothing can be. */
export function statementOf({ structure, bare }: DecodedSignature, key: Key): Statement | VerifyResult | undefined {
  // Bare bytes say no algorithm: RSASSA with SHA-256 is what a cloud's TPM makes.
  if (bare) return { algorithm: { kind: 'rsa-pkcs1', hash: 'SHA-256' }, signature: bytesOf(bare) }
  if (!structure) return undefined
  const hash = hashOf(structure.hash.value)
  const { rsa, r, s } = structure.signature
  if (!hash)
    return { result: 'unsupported', because: say('crypto.unsupported', { name: `TPM_ALG ${structure.hash.value}` }) }
  if (rsa) {
    const algorithm: SignatureAlgorithm =
      structure.sigAlg.value === 0x0016
        ? { kind: 'rsa-pss', hash, mgfHash: hash, saltLength: digestSize(hash) }
        : { kind: 'rsa-pkcs1', hash }
    return { algorithm, signature: rsa.value }
  }
  if (!r || !s || structure.sigAlg.value !== 0x0018)
    return { result: 'unsupported', because: say('crypto.unsupported', { name: `TPM_ALG ${structure.sigAlg.value}` }) }
  const width = curveBytes(key)
  const raw = width === undefined ? undefined : joined(r.value, s.value, width)
  return raw
    ? { algorithm: { kind: 'ecdsa', hash, form: 'p1363' }, signature: raw }
    : { result: 'invalid', because: say('signature.wrong-key-type', {}, 'key-type') }
}

function curveBytes(key: Key): number | undefined {
  const read = publicKeyOf(readDerStrict({ space: 'key', bytes: key.spki, start: 0, end: key.spki.length }))
  return read.kind === 'ec' ? { 'P-256': 32, 'P-384': 48, 'P-521': 66, SM2: 32 }[read.curve] : undefined
}

/** Both numbers at full width; a TPM leaves out leading zeros. */
function joined(r: Uint8Array, s: Uint8Array, width: number): Uint8Array | undefined {
  if (r.length > width || s.length > width) return undefined
  const out = new Uint8Array(2 * width)
  out.set(r, width - r.length)
  out.set(s, 2 * width - s.length)
  return out
}

const HASHES: readonly HashName[] = ['SHA-256', 'SHA-384', 'SHA-512']

/**
 * Follows the key to hardware: an artifact lists it, and the user data of some evidence is the digest of exactly that artifact's bytes.
 * Reads core words only, so it holds for any container that pairs a list of keys with a report.
 */
async function vouchingOf(key: Key | undefined, items: readonly CaseItem[]): Promise<Vouching> {
  if (key?.by !== 'attested') return { state: 'unproven' }
  const list = key.item
  const evidence = items.filter((item) => item.message === 'evidence' && item.facts.userData)
  const vouchers: Voucher[] = []
  let broken: Vouching | undefined
  let open: Vouching | undefined
  for (const item of evidence) {
    const data = item.facts.userData?.value ?? new Uint8Array()
    for (const hash of HASHES) {
      const own = await digest(hash, bytesOf(list.slice))
      if (sameBytes(data.subarray(0, own.length), own) && isZero(data.subarray(own.length))) {
        if (item.facts.userDataIsOpen) open = { state: 'open', list, evidence: item }
        else vouchers.push({ item, hash })
      } else if (list.hints['committedBy'] === 'userData' && list.hints['hash'] === hash && isPaired(list, item))
        broken = { state: 'broken', list, evidence: item, found: toHex(data), expected: toHex(own) }
    }
  }
  return vouchers.length > 0 ? { state: 'vouched', list, vouchers } : (broken ?? open ?? { state: 'unproven' })
}

/** In one container, or the container itself. */
function isPaired(list: CaseItem, evidence: CaseItem): boolean {
  return list.parent !== null && (list.parent === evidence.parent || list.parent === evidence.artifact)
}

/** Values to hold against the quote: those that its registers are read from, where its container gave some; else any that are here. */
function readFrom(decoded: DecodedQuote, items: readonly CaseItem[]): CaseItem[] {
  const all = items.filter((item) => item.format === FORMATS.pcrs)
  const { pcrs } = decoded
  return pcrs ? all.filter((item) => sameBytes(bytesOf((item.decoded as DecodedPcrs).slice), pcrs)) : all
}

/** True when both came out of one dropped file, however deep each lies in it. */
function isCarriedWith(item: CaseItem, subject: CaseItem, items: readonly CaseItem[]): boolean {
  const all = new Map([...items, subject].map((one) => [one.artifact, one]))
  const topOf = (one: CaseItem): number => {
    let at = one
    for (let depth = 0; depth < 16 && at.parent !== null; depth++) {
      const parent = all.get(at.parent)
      if (!parent) return at.parent
      at = parent
    }
    return at.artifact
  }
  return topOf(item) === topOf(subject)
}

const HASHES_OF_LENGTH: Readonly<Record<number, readonly HashName[]>> = {
  20: ['SHA-1'],
  32: ['SHA-256', 'SM3'],
  48: ['SHA-384'],
  64: ['SHA-512'],
}

async function comparison(
  decoded: DecodedQuote,
  items: readonly CaseItem[],
  isOwn: (item: CaseItem) => boolean,
): Promise<PcrComparison | undefined> {
  const quote = decoded.attest?.attested.quote
  const first = items[0]
  if (!quote || !first) return undefined
  // The digest of a quote is made with the hash of the signing scheme; its length tells which, but for SHA-256 and SM3.
  const hashes = HASHES_OF_LENGTH[quote.digest.value.length] ?? ['SHA-256']
  const compare = async (item: CaseItem): Promise<PcrComparison> => {
    const values = bytesOf((item.decoded as DecodedPcrs).slice)
    let first: PcrComparison | undefined
    for (const hash of hashes) {
      const own = await digest(hash, values)
      const one = { item, digest: toHex(own), matches: sameBytes(own, quote.digest.value), isOwn: isOwn(item) }
      if (one.matches) return one
      first ??= one
    }
    return first ?? { item, digest: '', matches: false, isOwn: isOwn(item) }
  }
  for (const item of items.slice(0, 64)) {
    const one = await compare(item)
    if (one.matches) return one
  }
  return compare(first)
}

function nodesOf(
  subject: CaseItem,
  { attest, signed }: DecodedQuote,
  key: Key | undefined,
  vouching: Vouching,
): TrustNode[] {
  const nodes: TrustNode[] = []
  if (vouching.state === 'vouched') {
    for (const { item } of vouching.vouchers)
      nodes.push({
        id: `evidence-${item.artifact}`,
        kind: 'content',
        title: say('node.tpm2.evidence'),
        name: item.name,
        cite: {
          artifact: item.artifact,
          path: item.facts.userData?.path ?? '',
          ranges: item.facts.userData?.ranges ?? [],
        },
      })
  }
  if (key)
    nodes.push({
      id: 'ak',
      kind: 'key',
      title: say('node.tpm2.ak'),
      name: key.item.name,
      cite: {
        artifact: key.item.artifact,
        path: key.item.facts.attestedKey?.path ?? '',
        ranges: key.item.facts.attestedKey?.ranges ?? [],
      },
    })
  if (signed && attest) {
    nodes.push({
      id: 'quote',
      kind: 'content',
      title: say('node.tpm2.quote'),
      cite: {
        artifact: subject.artifact,
        path: '',
        ranges: [{ space: signed.space, start: signed.start, end: signed.end }],
      },
    })
    nodes.push({
      id: 'nonce',
      kind: 'data',
      title: say('node.tpm2.nonce'),
      cite: { artifact: subject.artifact, path: attest.extraData.buffer.path, ranges: attest.extraData.buffer.ranges },
    })
  }
  return nodes
}

const WHOLE_PATH: WholePath = {
  nodes: [
    { id: 'ak', kind: 'key', title: say('node.tpm2.ak') },
    { id: 'quote', kind: 'content', title: say('node.tpm2.quote') },
    { id: 'nonce', kind: 'data', title: say('node.tpm2.nonce') },
  ],
  steps: [
    { from: 'ak', to: 'quote', by: 'signature', check: 'tpm.signed-by-ak' },
    { from: 'quote', to: 'nonce', by: 'reference', check: 'tpm.signed-by-ak' },
  ],
}
