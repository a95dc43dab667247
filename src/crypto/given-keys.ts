import { bytesOf, type ByteRange } from '../core/place.ts'
import type { AppraisalContext, CaseItem, TrustAnchor } from '../core/scheme.ts'
import { say, type Saying } from '../core/saying.ts'
import type { CollateralUse, RootFinding, RootStatus } from '../core/verdict.ts'
import { sameBytes, toHex } from '../bytes/layout.ts'
import { base64Text } from '../envelope/base64.ts'
import type { CoseMessage } from '../envelope/cose.ts'
import { isKeyFor, verifyCose } from './cose.ts'
import { readKeyFile, type GivenKey } from './key-file.ts'
import { keyKindOf, readSpki } from './spki.ts'
import { digest } from './verify.ts'

/** For formats without a public root: the keys that a reader gave, as files or in the policy, and how far each may be relied on. */

/** A key that the evidence may have been signed with. */
export interface CandidateKey {
  readonly spki: Uint8Array
  /** `ec:P-384`, `rsa:2048` … */
  readonly kind: string
  /** `added` for a key that nobody here knows, `development` for a published test key, `demonstration` for ours. */
  readonly status: RootStatus
  readonly holder: string
  readonly country: string
  readonly sha256: string
  /** The file that it came in; undefined for one from the policy, or for a published test key that another one called in. */
  readonly source: { readonly item: CaseItem; readonly range: ByteRange } | undefined
  readonly beside: GivenKey['beside']
  /** `kid`, `alg` and `use`, where the file gives them. */
  readonly keyId?: string | undefined
  readonly algorithm?: string | undefined
  readonly use?: string | undefined
}

/** Larger files are no key files. */
const LARGEST = 65_536

/**
 * Candidates, given ones first. A file's key is at most `added`; what it says about itself counts for nothing.
 * Published test keys count as one set: whoever gives one of them asks for test keys, and tokens of one test suite are signed by several.
 */
export async function candidateKeys(
  context: AppraisalContext,
  purpose: TrustAnchor['purpose'],
): Promise<CandidateKey[]> {
  // Who relies on a key for tokens has said nothing about hardware, and the other way round.
  const anchors = context.anchors.filter((anchor) => anchor.purpose === purpose)
  const found: CandidateKey[] = []
  for (const item of context.items) {
    if (
      item.message === 'evidence' ||
      item.message === 'attestation-result' ||
      item.origin === 'embedded' ||
      item.slice.end - item.slice.start > LARGEST
    )
      continue
    for (const key of readKeyFile(item.slice)) {
      const known = {
        ...(await candidate(key.spki, anchors, { item, range: key.range }, key.beside)),
        keyId: key.keyId,
        algorithm: key.algorithm,
        use: key.use,
      }
      if (!found.some((other) => other.sha256 === known.sha256 && other.source?.item.artifact === item.artifact))
        found.push(known)
    }
  }
  const wantsTestKeys = found.some((key) => key.status === 'development')
  for (const anchor of anchors) {
    if (anchor.format !== 'raw-key' || found.some((key) => key.sha256 === anchor.spkiSha256)) continue
    const isGiven = anchor.status === 'added' || anchor.status === undefined || anchor.status === 'pinned'
    if (isGiven || (anchor.status === 'development' && wantsTestKeys))
      found.push(await candidate(spkiBytes(anchor), anchors, undefined, []))
  }
  return found
}

async function candidate(
  spki: Uint8Array,
  anchors: readonly TrustAnchor[],
  source: CandidateKey['source'],
  beside: GivenKey['beside'],
): Promise<CandidateKey> {
  const sha256 = toHex(await digest('SHA-256', spki))
  const anchor = anchors.find((one) => one.spkiSha256 === sha256)
  return {
    spki,
    kind: keyKindOf(readSpki(spki)),
    status: anchor ? (anchor.status ?? 'pinned') : 'added',
    holder: anchor?.holder ?? source?.item.name ?? '',
    country: anchor?.country ?? '',
    sha256,
    source,
    beside,
  }
}

function spkiBytes(anchor: TrustAnchor): Uint8Array {
  const read = base64Text(anchor.spki)
  return read ? bytesOf(read.slice) : new Uint8Array()
}

/** Secrets that a case may hold for messages with a MAC: small files that are nothing else. */
export function candidateSecrets(context: AppraisalContext): readonly CaseItem[] {
  return context.items.filter(
    (item) =>
      item.format === null &&
      item.origin !== 'embedded' &&
      item.slice.end - item.slice.start >= 16 &&
      item.slice.end - item.slice.start <= 128,
  )
}

/** The root of evidence that hangs on a bare key. */
export function rawKeyRoot(key: CandidateKey | undefined): RootFinding {
  return key
    ? {
        status: key.status,
        holder: key.holder,
        country: key.country,
        purpose: 'evidence',
        spkiSha256: key.sha256,
        sha256: key.sha256,
      }
    : { status: 'none', holder: '', country: '', purpose: 'evidence', spkiSha256: '', sha256: '' }
}

/** What came of trying the given keys on one message. */
export interface GivenSignature {
  /** `none`: no key was given. `other-key`: those given did not sign it or cannot have; whose the right one is stays open. `unsupported` without a key: none of the given ones goes with the algorithm, so nothing was tried. */
  readonly state: 'valid' | 'invalid' | 'unsupported' | 'none' | 'other-key'
  readonly because: Saying
  /** The key that signed it, or the first that was tried. */
  readonly key: CandidateKey | undefined
}

/** Whether evidence names this very key: its instance id (UEID of type 1) is the SHA-256 of the public key, as a point (RFC 9783 4.2.1) or in DER. */
async function isNamedBy(instanceId: Uint8Array | undefined, spki: Uint8Array): Promise<boolean> {
  if (instanceId?.length !== 33 || instanceId[0] !== 1) return false
  const key = readSpki(spki)
  const forms = key.kind === 'ec' ? [key.point, key.point.subarray(1), spki] : [spki]
  for (const form of forms) if (sameBytes(await digest('SHA-256', form), instanceId.subarray(1))) return true
  return false
}

/** Tries every candidate whose kind goes with the message's algorithm, and stops at the one that signed it. `instanceId`: what the evidence says of its device. */
export async function verifyWithAny(
  message: CoseMessage,
  keys: readonly CandidateKey[],
  instanceId?: Uint8Array,
): Promise<GivenSignature> {
  let first: GivenSignature | undefined
  for (const key of keys) {
    if (!isKeyFor(message, key.kind)) continue
    const { result, because } = await verifyCose(message, key.spki)
    if (result === 'valid') return { state: result, because, key }
    // The key is the one that the evidence names, and did not sign it as it stands: then the evidence was changed.
    if (result === 'invalid' && (await isNamedBy(instanceId, key.spki))) return { state: result, because, key }
    if (!first || (first.state === 'unsupported' && result === 'invalid')) first = { state: result, because, key }
  }
  // A key out of a file proves nothing against the message: it may be another device's. One that this page knows was given on purpose.
  if (first?.state === 'invalid' && first.key?.status === 'added')
    return { state: 'other-key', because: say('key.did-not-sign', { key: first.key.kind }), key: undefined }
  if (first) return first
  if (keys[0] && keys.every((key) => key.status === 'added'))
    return {
      state: 'other-key',
      because: say('key.other-kind', { found: message.algorithm?.name ?? '', key: keys[0].kind }),
      key: undefined,
    }
  // A key that cannot have made this signature says nothing about it, but it is worth saying why it was not used.
  const [unfit] = keys
  return unfit
    ? {
        state: 'unsupported',
        because: say('cose.alg.key', { found: message.algorithm?.name ?? '', key: unfit.kind }),
        key: undefined,
      }
    : { state: 'none', because: say('key.none'), key: undefined }
}

/** The key files of a case as rows of collateral. */
export function keyUses(keys: readonly CandidateKey[], used: CandidateKey | undefined): CollateralUse[] {
  return keys.flatMap((key): CollateralUse[] => {
    if (!key.source) return []
    // One key can come in several files, and in a file as several layers: of none of them it is true that its key did not sign.
    const isUsed = used !== undefined && sameBytes(key.spki, used.spki)
    return [
      {
        kind: 'public-key',
        key: key.kind,
        artifact: key.source.item.artifact,
        origin: key.source.item.origin,
        use: isUsed ? 'used' : 'not-for-this',
        because: say(isUsed ? 'key.used' : 'key.not-used'),
        from: null,
        to: null,
      },
    ]
  })
}
