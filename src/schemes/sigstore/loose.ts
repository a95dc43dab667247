import { type ArtifactIndex, bytesOf, rangeOf, type Slice, sliceOf } from '../../core/place.ts'
import { say } from '../../core/saying.ts'
import type {
  AppraisalContext,
  Appraiser,
  CaseItem,
  CheckDefinition,
  EvidenceFormat,
  Prepared,
} from '../../core/scheme.ts'
import { integerOf, readDerStrict, sequenceOf } from '../../bytes/der.ts'
import { later } from '../../bytes/later.ts'
import { parseJson, readJson, textOf, type JsonValue } from '../../bytes/json.ts'
import { fromHex, sameBytes } from '../../bytes/layout.ts'
import { candidateKeys, keyUses, rawKeyRoot, type CandidateKey } from '../../crypto/given-keys.ts'
import { digest, verifySignature } from '../../crypto/verify.ts'
import type { SignatureAlgorithm } from '../../crypto/types.ts'
import { preAuthEncoding, readEnvelope, type Envelope, type LogEntry } from './bundle.ts'
import { looseChecks } from './checks/shared-loose.ts'
import { FORMATS } from './formats.ts'
import { checkpointOf, inclusionOf, promiseOf, type Step } from './log.ts'
import { pinnedMaterial } from './material.ts'
import { readInToto, type InToto } from './predicates.ts'
import { at, bytesAt, countOf, itemsOf, textAt } from './values.ts'

/** Statements outside a bundle: an in-toto statement or an envelope, with signature, key and log entry as files of their own (Oak publishes them so). */

export interface Loose {
  readonly slice: Slice
  readonly kind: 'statement' | 'envelope'
  readonly root: JsonValue | undefined
  readonly envelope: Envelope | undefined
  /** The JSON that is stated. */
  readonly content: Slice | undefined
}

/** What the checks of a loose statement read. */
export interface PreparedLoose extends Prepared {
  readonly artifact: ArtifactIndex
  readonly loose: Loose
  readonly inToto: InToto
  readonly signature:
    | { readonly state: 'valid' | 'invalid' | 'unsupported'; readonly key: CandidateKey }
    | { readonly state: 'no-signature' | 'no-key' }
  /** The log's entry for this statement; undefined where none was added, or it is for something else. */
  readonly entry:
    | {
        readonly item: CaseItem
        readonly logIndex: bigint | undefined
        readonly set: Step
        readonly inclusion: Step
        readonly checkpoint: Step
      }
    | undefined
}

function readLoose(slice: Slice): Loose {
  const { value: root } = parseJson(slice)
  const isEnvelope = at(root, 'payload') !== undefined && at(root, 'signatures') !== undefined
  const envelope = isEnvelope && root ? readEnvelope(slice, root, '') : undefined
  return {
    slice,
    kind: isEnvelope ? 'envelope' : 'statement',
    root,
    envelope,
    content: isEnvelope ? envelope?.payload?.slice : slice,
  }
}

const jsonFormat = <D>(
  id: string,
  message: EvidenceFormat['message'],
  title: string,
  read: (slice: Slice) => D,
  more: Partial<EvidenceFormat<D>> = {},
): EvidenceFormat<D> => ({
  id,
  message,
  title,
  ...more,
  decode(slice) {
    const json = later(() => readJson(slice, ''))
    return {
      tree: () => json().node,
      decoded: read(slice),
      spaces: () => [],
      problems: [],
      inner: [],
      expand: (path, from, to) => json().expand(path, from, to) ?? [],
    }
  },
})

const envelope: EvidenceFormat<Loose> = {
  ...jsonFormat(FORMATS.envelope, 'reference-values', 'format.sigstore.dsse', readLoose),
  decode(slice) {
    const decoded = readLoose(slice)
    const base = jsonFormat(FORMATS.envelope, 'reference-values', 'format.sigstore.dsse', () => decoded).decode(slice, {
      hints: {},
    })
    const payload = decoded.envelope?.payload
    return {
      ...base,
      spaces: () => (payload ? [payload.space] : []),
      inner: payload ? [{ slice: payload.slice, name: 'payload', format: FORMATS.content, origin: 'embedded' }] : [],
    }
  },
}

export const looseFormats: readonly EvidenceFormat[] = [
  envelope,
  jsonFormat(FORMATS.statement, 'reference-values', 'format.sigstore.in-toto', readLoose),
  // Inside a bundle or an envelope, which is what is verified.
  jsonFormat(FORMATS.content, 'supporting', 'format.sigstore.in-toto', () => undefined),
  jsonFormat(FORMATS.logEntry, 'endorsement', 'format.sigstore.log-entry', () => undefined),
]

const ECDSA = (kind: string): SignatureAlgorithm | undefined =>
  kind === 'ed25519'
    ? { kind: 'ed25519' }
    : kind === 'ec:P-256'
      ? { kind: 'ecdsa', hash: 'SHA-256', form: 'der' }
      : kind === 'ec:P-384'
        ? { kind: 'ecdsa', hash: 'SHA-384', form: 'der' }
        : kind.startsWith('rsa')
          ? { kind: 'rsa-pkcs1', hash: 'SHA-256' }
          : undefined

/** Signatures that may belong to it: those of the envelope, or files that have the form of one by a key that is here. A nonce of 32 bytes is none, and makes no list a signed one. */
function signaturesFor(
  { envelope: held }: Loose,
  items: readonly CaseItem[],
  keys: readonly CandidateKey[],
): Uint8Array[] {
  if (held) return held.signatures.flatMap((one) => (one ? [one.located.value] : []))
  const isOfKey = (kind: string) => keys.some((key) => key.kind.startsWith(kind))
  const lengths = [...(isOfKey('ed25519') ? [64] : []), ...(isOfKey('rsa') ? [256, 384, 512] : [])]
  return items
    .filter(({ format, slice }) => format === null && slice.end - slice.start >= 8 && slice.end - slice.start <= 520)
    .map(({ slice }) => bytesOf(slice))
    .filter((bytes) => lengths.includes(bytes.length) || isTwoNumbers(bytes))
    .slice(0, 16)
}

/** As ECDSA signatures are written: a sequence of two numbers, and nothing behind it. */
function isTwoNumbers(bytes: Uint8Array): boolean {
  const parts = sequenceOf(readDerStrict(sliceOf('', bytes)))
  return parts?.length === 2 && parts.every((one) => integerOf(one) !== undefined)
}

async function signatureOf(
  loose: Loose,
  context: AppraisalContext,
  keys: readonly CandidateKey[],
): Promise<PreparedLoose['signature']> {
  const signatures = signaturesFor(loose, context.items, keys)
  const signed = loose.envelope ? preAuthEncoding(loose.envelope) : bytesOf(loose.slice)
  const [first] = keys
  if (signatures.length === 0) return { state: 'no-signature' }
  if (!first) return { state: 'no-key' }
  let unsupported = true
  for (const key of keys) {
    const algorithm = ECDSA(key.kind)
    if (!algorithm) continue
    unsupported = false
    for (const signature of signatures)
      if ((await verifySignature(algorithm, key.spki, signed, signature)).result === 'valid')
        return { state: 'valid', key }
  }
  return { state: unsupported ? 'unsupported' : 'invalid', key: first }
}

/** Entry of Rekor's answer whose body names the hash of this statement; of several the one that the log promised. */
async function entryFor(loose: Loose, items: readonly CaseItem[]): Promise<PreparedLoose['entry']> {
  const hash = await digest('SHA-256', bytesOf(loose.slice))
  let first: PreparedLoose['entry']
  for (const item of items) {
    if (item.format !== FORMATS.logEntry) continue
    const { value: root } = parseJson(item.slice)
    const held = root?.kind === 'object' ? root.members[0]?.value : undefined
    const body = bytesAt(item.slice, at(held, 'body'), 'body')
    const said = body && parseJson(body.slice).value
    const named = fromHex(textOf(at(said, 'spec', 'data', 'hash', 'value')) ?? '-')
    if (!held || !body || !named || !sameBytes(named, hash)) continue
    const entry = entryOf(item.slice, held, body)
    const { logs } = pinnedMaterial()
    const one = {
      item,
      logIndex: entry.logIndex,
      set: await promiseOf(entry, logs),
      inclusion: await inclusionOf(entry),
      checkpoint: await checkpointOf(entry, logs),
    }
    if (one.set.state === 'holds') return one
    first ??= one
  }
  return first
}

/** Rekor writes hashes in hex where bundles write base64. */
function entryOf(slice: Slice, held: JsonValue, body: Exclude<LogEntry['body'], undefined>): LogEntry {
  const proof = at(held, 'verification', 'inclusionProof')
  const hexBytes = (value: JsonValue | undefined) => {
    const bytes = fromHex(textOf(value) ?? '-')
    return value && bytes
      ? { located: { path: '', ranges: [value.range], value: bytes }, slice, space: body.space, text: '' }
      : undefined
  }
  return {
    range: held.range,
    logIndex: countOf(at(held, 'logIndex')),
    logId: hexBytes(at(held, 'logID')),
    kind: 'rekord',
    version: '0.0.1',
    integratedTime: countOf(at(held, 'integratedTime')),
    promise: bytesAt(slice, at(held, 'verification', 'signedEntryTimestamp'), 'signedEntryTimestamp'),
    proof: proof && {
      range: proof.range,
      logIndex: countOf(at(proof, 'logIndex')),
      treeSize: countOf(at(proof, 'treeSize')),
      rootHash: hexBytes(at(proof, 'rootHash')),
      hashes: itemsOf(at(proof, 'hashes'))
        .slice(0, 65)
        .map((one) => hexBytes(one)),
      checkpoint: textAt(at(proof, 'checkpoint'), 'checkpoint'),
    },
    body,
    isMalformed: false,
  }
}

async function prepare(subject: CaseItem, context: AppraisalContext): Promise<PreparedLoose> {
  const loose = subject.decoded as Loose
  // Keys of logs vouch for entries, never for statements.
  const anchors = context.anchors.filter(({ status }) => status === 'added')
  const keys = await candidateKeys({ ...context, anchors }, 'reference-values')
  const signature = await signatureOf(loose, context, keys)
  const inToto = readInToto(loose.content && parseJson(loose.content).value)
  const entry = loose.kind === 'statement' ? await entryFor(loose, context.items) : undefined
  const signer = signature.state === 'valid' ? signature.key : undefined
  return {
    artifact: subject.artifact,
    loose,
    inToto,
    signature,
    entry,
    root: { ...rawKeyRoot(signer), purpose: 'reference-values' },
    collateral: keyUses(keys, signer),
    ladders: [],
    wishes: [],
    timeline:
      inToto.validFrom === undefined || inToto.validTo === undefined
        ? []
        : [
            {
              id: 'validity',
              title: say('timeline.sigstore.validity'),
              kind: 'collateral',
              from: new Date(inToto.validFrom).toISOString(),
              to: new Date(inToto.validTo).toISOString(),
            },
          ],
    nodes: [
      ...(signer ? [{ id: 'root', kind: 'root' as const, title: say('node.sigstore.key'), name: signer.holder }] : []),
      {
        id: 'statement',
        kind: 'content',
        title: say('node.sigstore.statement'),
        cite: { artifact: subject.artifact, path: '', ranges: [rangeOf(loose.slice)] },
      },
    ],
    vendor: null,
    doesNotProve: ['limit.sigstore.word'],
    statement: {
      issuer: signer?.holder ?? '',
      about: inToto.files[0]?.name.slice(0, 200) ?? '',
      // Without any signature it weighs what a list of the reader's own weighs.
      isSigned: signature.state !== 'no-signature',
      ...(entry?.set.state === 'holds' ? madeBy(entry.item) : {}),
      groups: inToto.groups,
      files: inToto.files,
      claims: inToto.claims,
    },
  }
}

function madeBy(item: CaseItem) {
  const { value } = parseJson(item.slice)
  const held = value?.kind === 'object' ? value.members[0]?.value : undefined
  const seconds = countOf(at(held, 'integratedTime'))
  return seconds === undefined ? {} : { madeAt: { at: Number(seconds) * 1000, by: 'log' as const } }
}

export const looseAppraiser: Appraiser<PreparedLoose> = {
  formats: [FORMATS.envelope, FORMATS.statement],
  prepare,
  notJudged: ['sigstore.not-judged.build'],
  checks: looseChecks as readonly CheckDefinition<PreparedLoose>[],
}
