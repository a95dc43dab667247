import { bytesOf, type ByteRange, type Located, type Slice, type Space } from '../../core/place.ts'
import type { Problem } from '../../core/field.ts'
import { parseJson, textOf, type JsonValue } from '../../bytes/json.ts'
import { at, bytesAt, countOf, itemsOf, textAt, type DecodedBytes } from './values.ts'

/** A sigstore bundle (protobuf-specs, sigstore_bundle.proto) as far as it could be read; nothing is verified yet. */
export interface Bundle {
  readonly slice: Slice
  readonly root: JsonValue | undefined
  readonly problems: readonly Problem[]
  readonly mediaType: Located<string> | undefined
  /** `0.1` … ; undefined for one that is not known here. */
  readonly version: string | undefined
  readonly certificates: readonly DecodedBytes[]
  /** True where the certificates stand in a chain, as before v0.3. */
  readonly isChain: boolean
  /** Named by a hint, without a certificate. */
  readonly hasPublicKey: boolean
  readonly entries: readonly LogEntry[]
  readonly timestamps: readonly DecodedBytes[]
  readonly message: MessageSignature | undefined
  readonly envelope: Envelope | undefined
  /** Faults of the form itself, each a text id with what it is about. */
  readonly faults: readonly { readonly text: string; readonly range: ByteRange }[]
}

export interface MessageSignature {
  readonly hash: string
  readonly digest: DecodedBytes | undefined
  readonly signature: DecodedBytes | undefined
}

export interface Envelope {
  readonly payloadType: Located<string> | undefined
  readonly payload: DecodedBytes | undefined
  readonly signatures: readonly (DecodedBytes | undefined)[]
}

/** One entry of a transparency log, with what proves that it is there. */
export interface LogEntry {
  readonly range: ByteRange
  readonly logIndex: bigint | undefined
  readonly logId: DecodedBytes | undefined
  readonly kind: string
  readonly version: string
  /** Seconds since 1970; undefined where the log gives none. */
  readonly integratedTime: bigint | undefined
  readonly promise: DecodedBytes | undefined
  readonly proof: InclusionProof | undefined
  readonly body: DecodedBytes | undefined
  /** A number that is no number: nothing of the entry can be followed. */
  readonly isMalformed: boolean
}

export interface InclusionProof {
  readonly range: ByteRange
  readonly logIndex: bigint | undefined
  readonly treeSize: bigint | undefined
  readonly rootHash: DecodedBytes | undefined
  readonly hashes: readonly (DecodedBytes | undefined)[]
  readonly checkpoint: Located<string> | undefined
}

const MEDIA_TYPE = /^application\/vnd\.dev\.sigstore\.bundle(?:\+json;version=(0\.1|0\.2|0\.3)|\.v(0\.3)\+json)$/
/** More entries, certificates and hashes than any bundle has. */
const MOST = 64

/** Reads a bundle; never throws. */
export function readBundle(slice: Slice): Bundle {
  const { value: root, problems } = parseJson(slice)
  return bundleOf(slice, root, problems)
}

/** The same for an object inside a larger text. */
export function bundleOf(slice: Slice, root: JsonValue | undefined, problems: readonly Problem[]): Bundle {
  const material = at(root, 'verificationMaterial')
  const mediaType = textAt(at(root, 'mediaType'), 'mediaType')
  const match = MEDIA_TYPE.exec(mediaType?.value ?? '')
  const single = at(material, 'certificate')
  const chain = at(material, 'x509CertificateChain')
  const bytes = (value: JsonValue | undefined, path: string) => bytesAt(slice, value, path)
  const certificates = chain
    ? itemsOf(at(chain, 'certificates'))
        .slice(0, MOST)
        .map((one, i) =>
          bytes(at(one, 'rawBytes'), `verificationMaterial.x509CertificateChain.certificates[${i}].rawBytes`),
        )
    : [bytes(at(single, 'rawBytes'), 'verificationMaterial.certificate.rawBytes')]
  const message = at(root, 'messageSignature')
  const envelope = at(root, 'dsseEnvelope')
  return {
    slice,
    root,
    problems,
    mediaType,
    version: match?.[1] ?? match?.[2],
    certificates: certificates.flatMap((one) => one ?? []),
    isChain: chain !== undefined,
    hasPublicKey: at(material, 'publicKey') !== undefined,
    entries: itemsOf(at(material, 'tlogEntries'))
      .slice(0, MOST)
      .map((one, i) => entryOf(slice, one, i)),
    timestamps: itemsOf(at(material, 'timestampVerificationData', 'rfc3161Timestamps'))
      .slice(0, MOST)
      .flatMap((one, i) => bytes(at(one, 'signedTimestamp'), `rfc3161Timestamps[${i}]`) ?? []),
    message: message && {
      hash: textOf(at(message, 'messageDigest', 'algorithm')) ?? '',
      digest: bytes(at(message, 'messageDigest', 'digest'), 'messageSignature.messageDigest.digest'),
      signature: bytes(at(message, 'signature'), 'messageSignature.signature'),
    },
    envelope: envelope && readEnvelope(slice, envelope, 'dsseEnvelope.'),
    faults: formFaults(slice, root, { single, chain, message, envelope, version: match?.[1] ?? match?.[2] }),
  }
}

/** A DSSE envelope. */
export function readEnvelope(slice: Slice, value: JsonValue, prefix: string): Envelope {
  return {
    payloadType: textAt(at(value, 'payloadType'), `${prefix}payloadType`),
    payload: bytesAt(slice, at(value, 'payload'), `${prefix}payload`),
    signatures: itemsOf(at(value, 'signatures'))
      .slice(0, MOST)
      .map((one, i) => bytesAt(slice, at(one, 'sig'), `${prefix}signatures[${i}].sig`)),
  }
}

function entryOf(slice: Slice, value: JsonValue, i: number): LogEntry {
  const path = `verificationMaterial.tlogEntries[${i}]`
  const bytes = (held: JsonValue | undefined, name: string) => bytesAt(slice, held, `${path}.${name}`)
  const proof = at(value, 'inclusionProof')
  const time = at(value, 'integratedTime')
  const index = at(value, 'logIndex')
  return {
    range: value.range,
    logIndex: countOf(index),
    logId: bytes(at(value, 'logId', 'keyId'), 'logId.keyId'),
    kind: textOf(at(value, 'kindVersion', 'kind')) ?? '',
    version: textOf(at(value, 'kindVersion', 'version')) ?? '',
    // Zero is how protobuf writes that there is none.
    integratedTime: countOf(time) === 0n ? undefined : countOf(time),
    promise: bytes(at(value, 'inclusionPromise', 'signedEntryTimestamp'), 'inclusionPromise'),
    proof: proof && {
      range: proof.range,
      logIndex: countOf(at(proof, 'logIndex') ?? undefined),
      treeSize: countOf(at(proof, 'treeSize')),
      rootHash: bytes(at(proof, 'rootHash'), 'inclusionProof.rootHash'),
      hashes: itemsOf(at(proof, 'hashes'))
        .slice(0, MOST + 1)
        .map((one, k) => bytes(one, `inclusionProof.hashes[${k}]`)),
      checkpoint: textAt(at(proof, 'checkpoint', 'envelope'), `${path}.inclusionProof.checkpoint`),
    },
    body: bytes(at(value, 'canonicalizedBody'), 'canonicalizedBody'),
    isMalformed:
      (index !== undefined && countOf(index) === undefined) || (time !== undefined && countOf(time) === undefined),
  }
}

function formFaults(
  slice: Slice,
  root: JsonValue | undefined,
  parts: {
    readonly single: JsonValue | undefined
    readonly chain: JsonValue | undefined
    readonly message: JsonValue | undefined
    readonly envelope: JsonValue | undefined
    readonly version: string | undefined
  },
): Bundle['faults'] {
  const range = root?.range ?? { space: slice.space, start: slice.start, end: slice.end }
  const faults: { text: string; range: ByteRange }[] = []
  if (root?.kind !== 'object') return [{ text: 'sigstore.form.json', range }]
  const { single, chain, message, envelope, version } = parts
  if ((message === undefined) === (envelope === undefined)) faults.push({ text: 'sigstore.form.content', range })
  if (single !== undefined && chain !== undefined) faults.push({ text: 'sigstore.form.material', range: single.range })
  if (version === '0.3' && chain !== undefined) faults.push({ text: 'sigstore.form.chain', range: chain.range })
  if (version === '0.1' && single !== undefined) faults.push({ text: 'sigstore.form.single', range: single.range })
  const signatures = itemsOf(at(envelope, 'signatures'))
  if (envelope !== undefined && signatures.length !== 1)
    faults.push({ text: 'sigstore.form.signatures', range: envelope.range })
  return faults
}

/** The spaces in which what stands in base64 is read. */
export function spacesOf({ certificates, entries, timestamps, message, envelope }: Bundle): Space[] {
  return [
    ...certificates,
    ...timestamps,
    message?.digest,
    message?.signature,
    envelope?.payload,
    ...(envelope?.signatures ?? []),
    ...entries.flatMap(({ logId, promise, body }) => [logId, promise, body]),
  ].flatMap((one) => (one ? [one.space] : []))
}

/** What DSSE signs: length-prefixed, so that type and content cannot run into each other. */
export function preAuthEncoding({ payloadType, payload }: Envelope): Uint8Array {
  const type = new TextEncoder().encode(payloadType?.value ?? '')
  const content = payload ? bytesOf(payload.slice) : new Uint8Array()
  const head = new TextEncoder().encode(`DSSEv1 ${type.length} ${payloadType?.value ?? ''} ${content.length} `)
  const out = new Uint8Array(head.length + content.length)
  out.set(head)
  out.set(content, head.length)
  return out
}
