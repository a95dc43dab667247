import { bytesOf, rangeOf, type ByteRange, type Located, type Slice, type Space } from '../../core/place.ts'
import type { Inner } from '../../core/scheme.ts'
import type { HashLabel } from '../../core/derived.ts'
import type { CborEntry, CborItem, CborReading } from '../../bytes/cbor.ts'
import { readCbor } from '../../bytes/cbor.ts'
import { embeddedSlice } from '../../bytes/cbor-node.ts'
import { readCose, valueAt, withoutTags, type CoseMessage } from '../../envelope/cose.ts'
import { readReceipt, type Receipt } from './receipt.ts'

/** A statement in COSE, as far as it could be read; nothing is verified yet. */
export interface CoseStatement {
  readonly slice: Slice
  readonly reading: CborReading
  readonly message: CoseMessage | undefined
  readonly isTagged: boolean
  /** Certificates of the protected header, the signer's first. */
  readonly chain: readonly Slice[]
  /** Hash of the signer's certificate, as the header names it. */
  readonly thumbprint: { readonly hash: HashLabel | undefined; readonly value: Located<Uint8Array> } | undefined
  readonly issuer: Located<string> | undefined
  /** `feed` of older statements, `sub` of CWT claims. */
  readonly subject: Located<string> | undefined
  /** Milliseconds since 1970: the signer's own word. */
  readonly signedAt: Located<number> | undefined
  readonly svn: Located<string> | undefined
  readonly contentType: string
  /** Where the payload is only the hash of what is stated. */
  readonly hashed: { readonly hash: HashLabel; readonly digest: Located<Uint8Array> } | undefined
  readonly receipts: readonly Receipt[]
  /** Labels that the header says must be understood. */
  readonly critical: readonly string[]
  readonly attested: AttestedKey | undefined
}

/** A signing key that lives in a guest, with the evidence for it. */
export interface AttestedKey {
  /** Under which the header has it: `attestedsvc`, or the service's own name in older statements. */
  readonly label: string
  readonly range: ByteRange
  readonly report: Slice | undefined
  readonly key: Slice | undefined
  readonly endorsements: Slice | undefined
  readonly uvm: Slice | undefined
}

const HASHES: Readonly<Record<string, HashLabel>> = { '-16': 'sha256', '-43': 'sha384', '-44': 'sha512' }
/** More certificates than any statement carries. */
const MOST_CERTIFICATES = 16
const MOST_RECEIPTS = 16

/** Reads a statement; never throws. */
export function readStatement(slice: Slice): { readonly statement: CoseStatement; readonly spaces: readonly Space[] } {
  const { message, reading, spaces } = readCose(slice)
  const header = message?.protectedHeader ?? []
  const claims = mapAt(header, 15)
  const own = (key: number, old: string) => valueAt(claims, key) ?? valueAt(header, old)
  const payload = message?.payload
  const receipts = valueAt(message?.unprotectedHeader ?? [], 394)
  return {
    spaces,
    statement: {
      slice,
      reading,
      message,
      isTagged: message?.isTagged === true,
      chain: chainOf(valueAt(header, 33)),
      thumbprint: thumbprintOf(valueAt(header, 34)),
      issuer: textOf(own(1, 'iss'), 'issuer'),
      subject: textOf(own(2, 'feed'), 'subject'),
      signedAt: timeOf(own(6, 'signingtime')),
      svn: svnOf(valueAt(claims, 'svn') ?? valueAt(header, 'svn')),
      contentType: contentTypeOf(header),
      hashed: payload && hashedPayload(header, payload),
      receipts:
        receipts?.kind === 'array'
          ? receipts.items
              .slice(0, MOST_RECEIPTS)
              .flatMap((item) => (item.kind === 'bytes' ? [readReceipt(embeddedSlice(item.content).slice)] : []))
          : [],
      critical: criticalOf(valueAt(header, 2)),
      attested: attestedOf(attestedEntry(header)),
    },
  }
}

function mapAt(entries: readonly CborEntry[], key: number): readonly CborEntry[] {
  const { item } = withoutTags(valueAt(entries, key))
  return item?.kind === 'map' ? item.entries : []
}

function chainOf(item: CborItem | undefined): Slice[] {
  const items = item?.kind === 'array' ? item.items : item ? [item] : []
  return items.slice(0, MOST_CERTIFICATES).flatMap((one) => (one.kind === 'bytes' ? [one.content] : []))
}

function thumbprintOf(item: CborItem | undefined): CoseStatement['thumbprint'] {
  const [algorithm, value] = item?.kind === 'array' ? item.items : []
  return algorithm?.kind === 'int' && value?.kind === 'bytes'
    ? {
        hash: HASHES[String(algorithm.value)],
        value: { path: '[0].34[1]', ranges: [rangeOf(value.content)], value: bytesOf(value.content) },
      }
    : undefined
}

function textOf(item: CborItem | undefined, path: string): Located<string> | undefined {
  return item?.kind === 'text' ? { path, ranges: [rangeOf(item.content)], value: item.text } : undefined
}

function timeOf(item: CborItem | undefined): Located<number> | undefined {
  const { item: bare } = withoutTags(item)
  const seconds = bare?.kind === 'int' ? Number(bare.value) : bare?.kind === 'float' ? bare.value : undefined
  return bare && seconds !== undefined && Math.abs(seconds) <= 8_640_000_000_000
    ? { path: 'signingTime', ranges: [bare.range], value: Math.round(seconds * 1000) }
    : undefined
}

function svnOf(item: CborItem | undefined): Located<string> | undefined {
  return item?.kind === 'int'
    ? { path: 'svn', ranges: [item.range], value: String(item.value) }
    : item?.kind === 'text'
      ? textOf(item, 'svn')
      : undefined
}

function contentTypeOf(header: readonly CborEntry[]): string {
  const item = valueAt(header, 259) ?? valueAt(header, 3)
  return item?.kind === 'text' ? item.text : ''
}

/** Labels 258 and 259 (draft-ietf-cose-hash-envelope), and the older `+cose-hash-v`, whose payload is [alg, hash, location]. */
function hashedPayload(header: readonly CborEntry[], payload: Slice): CoseStatement['hashed'] {
  const algorithm = valueAt(header, 258)
  if (algorithm?.kind === 'int') {
    const hash = HASHES[String(algorithm.value)]
    return hash && { hash, digest: { path: '[2]', ranges: [rangeOf(payload)], value: bytesOf(payload) } }
  }
  const type = valueAt(header, 3)
  if (type?.kind !== 'text' || !type.text.endsWith('+cose-hash-v')) return undefined
  const { item } = readCbor(embeddedSlice(payload).slice)
  const [id, digest] = item?.kind === 'array' ? item.items : []
  const hash = id?.kind === 'int' ? HASHES[String(id.value)] : undefined
  return hash && digest?.kind === 'bytes'
    ? { hash, digest: { path: '[2][1]', ranges: [rangeOf(digest.content)], value: bytesOf(digest.content) } }
    : undefined
}

function criticalOf(item: CborItem | undefined): string[] {
  return item?.kind === 'array'
    ? item.items.map((one) => (one.kind === 'text' ? one.text : one.kind === 'int' ? String(one.value) : '?'))
    : []
}

/** The member of a header that carries evidence for the signing key: older services name it after themselves. */
export function attestedEntry(header: readonly CborEntry[]): CborEntry | undefined {
  return header.find(
    ({ key, value }) =>
      key.kind === 'text' &&
      value.kind === 'map' &&
      valueAt(value.entries, 'attestation') !== undefined &&
      valueAt(value.entries, 'cose_key') !== undefined,
  )
}

function attestedOf(entry: CborEntry | undefined): AttestedKey | undefined {
  const item = entry?.value
  if (item?.kind !== 'map' || entry?.key.kind !== 'text') return undefined
  const bytesAt = (name: string) => {
    const value = valueAt(item.entries, name)
    return value?.kind === 'bytes' ? value.content : undefined
  }
  const report = bytesAt('attestation')
  const key = valueAt(item.entries, 'cose_key')
  return {
    label: entry.key.text,
    range: item.range,
    report,
    // The key is a map in the header itself; its bytes as they stand are what the guest hashed.
    key:
      key?.kind === 'map' && report ? { ...report, start: key.range.start, end: key.range.end } : bytesAt('cose_key'),
    endorsements: bytesAt('snp_endorsements'),
    uvm: bytesAt('uvm_endorsements'),
  }
}

/** What a statement carries that is an artifact of its own: its JSON, and the evidence for its signing key. */
export function innerOf({ attested, message, hashed }: CoseStatement): Inner[] {
  const payload = message?.payload
  const isJson = payload !== undefined && !hashed && payload.bytes[payload.start] === 0x7b
  return [
    ...(isJson ? [{ slice: payload, name: 'payload', origin: 'embedded' as const }] : []),
    ...(attested?.report
      ? [{ slice: attested.report, name: 'attestation', format: 'amd.snp-report', origin: 'embedded' as const }]
      : []),
    ...(attested?.endorsements
      ? [{ slice: attested.endorsements, name: 'snp_endorsements', origin: 'embedded' as const }]
      : []),
    ...(attested?.uvm
      ? [{ slice: attested.uvm, name: 'uvm_endorsements', format: 'scitt.statement', origin: 'embedded' as const }]
      : []),
    ...(attested?.key
      ? [{ slice: attested.key, name: 'cose_key', format: 'eat.key-file', origin: 'embedded' as const }]
      : []),
  ]
}

/** The bytes that are stated: the payload, or the dropped file whose hash it is. */
export async function contentOf(
  statement: CoseStatement,
  files: readonly Slice[],
  hashOf: (label: HashLabel, data: Uint8Array) => Promise<Uint8Array>,
): Promise<Slice | undefined> {
  const { hashed, message } = statement
  if (!hashed) return message?.payload
  for (const file of files) {
    const hash = await hashOf(hashed.hash, bytesOf(file))
    if (hash.length === hashed.digest.value.length && hash.every((byte, i) => byte === hashed.digest.value[i]))
      return file
  }
  return undefined
}
