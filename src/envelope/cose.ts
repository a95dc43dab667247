import type { FieldNode, Problem } from '../core/field.ts'
import { sliceOf, type ByteRange, type Slice, type Space } from '../core/place.ts'
import { say, type Saying } from '../core/saying.ts'
import { readCbor, type CborEntry, type CborItem, type CborReading } from '../bytes/cbor.ts'
import { cborTree, embeddedSlice, type CborKey, type CborShape, type CborTree } from '../bytes/cbor-node.ts'
import { cborHead } from '../bytes/cbor-writer.ts'
import { joinSlices } from '../bytes/join.ts'

/** COSE messages with one signer or one MAC (RFC 9052 sections 4.2 and 6.2). */

export const TAG_MAC0 = 17n
export const TAG_SIGN1 = 18n
/** CWT (RFC 8392): may stand around the COSE tag. */
export const TAG_CWT = 61n

/** The algorithm, and where it stands. Only the protected header is signed; one in the other header could be anybody's. */
export interface CoseAlgorithm {
  readonly id: string
  readonly name: string
  readonly isProtected: boolean
  readonly range: ByteRange
}

export interface CoseMessage {
  readonly kind: 'sign1' | 'mac0'
  readonly isTagged: boolean
  /** Content of the protected header's byte string, as signed. */
  readonly protectedBytes: Slice
  readonly protectedHeader: readonly CborEntry[]
  readonly unprotectedHeader: readonly CborEntry[]
  /** Content of the payload's byte string; undefined when it is detached (null). */
  readonly payload: Slice | undefined
  readonly signature: Slice
  readonly algorithm: CoseAlgorithm | undefined
  /** What is wrong with the headers, each a proof of failure: `cose.alg.missing`, `cose.alg.unprotected`, `cose.alg.both`, `cose.crit`, `cbor.duplicate-key`, `cose.header`. */
  readonly faults: readonly Saying[]
  /** The bytes that are really signed (Sig_structure, MAC_structure): a derived space made of the message's own slices, nothing is encoded anew but the heads. */
  readonly toBeSigned: Slice
}

export interface CoseReading {
  /** Undefined when the bytes are no such message. */
  readonly message: CoseMessage | undefined
  readonly reading: CborReading
  /** Spaces derived here: the header, the bytes to be signed, strings put together. The payload's space is the reader's own, from `embeddedSlice`. */
  readonly spaces: readonly Space[]
}

/** Names of the algorithms that evidence uses (IANA "COSE Algorithms"). */
export const COSE_ALGORITHMS: Readonly<Record<string, string>> = {
  '-7': 'ES256',
  '-35': 'ES384',
  '-36': 'ES512',
  '-8': 'EdDSA',
  '-9': 'ESP256',
  '-51': 'ESP384',
  '-52': 'ESP512',
  '-19': 'Ed25519',
  '-37': 'PS256',
  '-38': 'PS384',
  '-39': 'PS512',
  '-257': 'RS256',
  '-258': 'RS384',
  '-259': 'RS512',
  '-47': 'ES256K',
  '4': 'HMAC 256/64',
  '5': 'HMAC 256/256',
  '6': 'HMAC 384/384',
  '7': 'HMAC 512/512',
}

/** Members of a header that are explained (IANA "COSE Header Parameters"). */
const HEADER_KEYS: readonly CborKey[] = [
  { key: 1, name: 'alg', doc: 'field.cose.alg', type: 'int / tstr', symbols: COSE_ALGORITHMS },
  { key: 2, name: 'crit', doc: 'field.cose.crit', type: '[+ label]' },
  { key: 3, name: 'contentType', label: 'content type', doc: 'field.cose.contentType', type: 'tstr / uint' },
  { key: 4, name: 'kid', doc: 'field.cose.kid', type: 'bstr' },
  { key: 15, name: 'cwtClaims', label: 'CWT claims', doc: 'field.cose.cwtClaims', type: 'map' },
  { key: 16, name: 'typ', doc: 'field.cose.typ', type: 'tstr / uint' },
  { key: 33, name: 'x5chain', doc: 'field.cose.x5chain', type: 'bstr / [+ bstr]' },
  { key: 34, name: 'x5t', doc: 'field.cose.x5t', type: '[alg, bstr]' },
]

/** What a header says. */
export const headerShape: CborShape = { keys: HEADER_KEYS }

/** The whole message for `cborTree`, around what is known about the payload. */
export function coseShape(payload: CborShape): CborShape {
  return {
    positions: [
      { key: 0, name: 'protected', doc: 'field.cose.protected', type: 'bstr .cbor header_map', cbor: headerShape },
      { key: 1, name: 'unprotected', doc: 'field.cose.unprotected', type: 'header_map', ...headerShape },
      { key: 2, name: 'payload', type: 'bstr .cbor / nil', doc: 'field.cose.payload', cbor: payload },
      { key: 3, name: 'signature', doc: 'field.cose.signature', type: 'bstr' },
    ],
  }
}

/** Reads a message at the start of the slice. Never throws; what follows the message is the caller's business (`reading.end`). */
export function readCose(slice: Slice): CoseReading {
  const reading = readCbor(slice)
  const { item, tags } = withoutTags(reading.item)
  const isKnownTag = tags.every((tag) => tag === TAG_CWT || tag === TAG_SIGN1 || tag === TAG_MAC0)
  if (!isKnownTag || item?.kind !== 'array' || item.items.length !== 4 || !item.isWhole)
    return { message: undefined, reading, spaces: reading.spaces }
  const [first, second, third, fourth] = item.items
  const isPayload = third?.kind === 'bytes' || (third?.kind === 'simple' && third.value === 22)
  if (first?.kind !== 'bytes' || second?.kind !== 'map' || !third || !isPayload || fourth?.kind !== 'bytes')
    return { message: undefined, reading, spaces: reading.spaces }
  const { space, slice: header } = embeddedSlice(first.content)
  const headerReading = readCbor(header)
  const faults: Saying[] = []
  const entries = headerEntries(headerReading, header, faults)
  const algorithm = algorithmOf(entries, second.entries, faults)
  if (entries.some(({ key }) => isLabel(key, 2)) || second.entries.some(({ key }) => isLabel(key, 2)))
    faults.push(say('cose.crit', {}, 'critical-header'))
  if (headerReading.problems.some((problem) => problem.because.code === 'duplicate-key'))
    faults.push(
      ...headerReading.problems
        .filter((problem) => problem.because.code === 'duplicate-key')
        .slice(0, 1)
        .map((problem) => problem.because),
    )
  const kind =
    tags.includes(TAG_MAC0) || (tags.length === 0 && isMac(algorithm?.id)) ? ('mac0' as const) : ('sign1' as const)
  const payload = third.kind === 'bytes' ? third.content : undefined
  // RFC 9052 section 4.4: no parameters are signed as an empty string, even where they are written as an empty map.
  const signedHeader =
    entries.length === 0 && headerReading.isWhole ? { ...first.content, end: first.content.start } : first.content
  const tbs = toBeSigned(kind, item.range, signedHeader, payload)
  return {
    message: {
      kind,
      isTagged: tags.length > 0,
      protectedBytes: first.content,
      protectedHeader: entries,
      unprotectedHeader: second.entries,
      payload,
      signature: fourth.content,
      algorithm,
      faults,
      toBeSigned: sliceOf(tbs.id, tbs.bytes),
    },
    reading,
    spaces: [...reading.spaces, space, ...headerReading.spaces, tbs],
  }
}

/** The message as a tree that tiles the slice, payload included. */
export function coseTree(
  slice: Slice,
  path: string,
  label: string,
  payload: CborShape,
): {
  readonly node: FieldNode
  readonly spaces: readonly Space[]
  readonly problems: readonly Problem[]
  readonly expand: CborTree['expand']
} {
  return cborTree(slice, path, label, coseShape(payload))
}

/** The item behind any tags, and the tags, outermost first. */
export function withoutTags(item: CborItem | undefined): {
  readonly item: CborItem | undefined
  readonly tags: readonly bigint[]
} {
  const tags: bigint[] = []
  let inner = item
  for (; inner?.kind === 'tag'; inner = inner.content) tags.push(inner.tag)
  return { item: inner, tags }
}

/** Value of the first entry with that key; integer keys and text keys are different keys. */
export function valueAt(entries: readonly CborEntry[], key: number | string): CborItem | undefined {
  return entries.find((entry) => isLabel(entry.key, key))?.value
}

/** The content type that the protected header names as a text; '' for none and for a number. The other header is anybody's. */
export function contentTypeOf(message: CoseMessage): string {
  const item = valueAt(message.protectedHeader, 3)
  return item?.kind === 'text' ? item.text : ''
}

function isLabel(item: CborItem, label: number | string): boolean {
  return typeof label === 'number'
    ? item.kind === 'int' && item.value === BigInt(label)
    : item.kind === 'text' && item.text === label
}

function headerEntries(reading: CborReading, header: Slice, faults: Saying[]): readonly CborEntry[] {
  if (header.start === header.end) return []
  if (reading.item?.kind === 'map' && reading.isWhole && reading.end === header.end) return reading.item.entries
  faults.push(say('cose.header'))
  return []
}

function algorithmOf(
  inside: readonly CborEntry[],
  outside: readonly CborEntry[],
  faults: Saying[],
): CoseAlgorithm | undefined {
  const signed = valueAt(inside, 1)
  const unsigned = valueAt(outside, 1)
  if (signed && unsigned) faults.push(say('cose.alg.both', { signed: nameOf(signed), unsigned: nameOf(unsigned) }))
  else if (!signed && unsigned) faults.push(say('cose.alg.unprotected', { found: nameOf(unsigned) }))
  else if (!signed) faults.push(say('cose.alg.missing'))
  const item = signed ?? unsigned
  return item && { id: idOf(item), name: nameOf(item), isProtected: signed !== undefined, range: item.range }
}

function idOf(item: CborItem): string {
  return item.kind === 'int' ? String(item.value) : item.kind === 'text' ? item.text : ''
}

function nameOf(item: CborItem): string {
  const id = idOf(item)
  return Object.hasOwn(COSE_ALGORITHMS, id) ? (COSE_ALGORITHMS[id] ?? id) : id
}

function isMac(id: string | undefined): boolean {
  return id === '4' || id === '5' || id === '6' || id === '7'
}

const EMPTY = Uint8Array.of(0x40)

/** RFC 9052 sections 4.4 and 6.3, with empty external data. */
function toBeSigned(kind: 'sign1' | 'mac0', message: ByteRange, header: Slice, payload: Slice | undefined): Space {
  const context = new TextEncoder().encode(kind === 'sign1' ? 'Signature1' : 'MAC0')
  const bstr = (slice: Slice) => [cborHead(2, slice.end - slice.start), slice]
  return joinSlices(message.space, message.start, [
    Uint8Array.of(0x84),
    cborHead(3, context.length),
    context,
    ...bstr(header),
    EMPTY,
    ...(payload ? bstr(payload) : [EMPTY]),
  ]).space
}
