import type { FieldNode } from '../../core/field.ts'
import { rangeOf, type Slice, type Space } from '../../core/place.ts'
import { say } from '../../core/saying.ts'
import type { Decoding, Inner } from '../../core/scheme.ts'
import { readCbor, type CborItem, type CborReading } from '../../bytes/cbor.ts'
import { cborTree, embeddedSlice, type CborShape } from '../../bytes/cbor-node.ts'
import { contentOf, isTag, octetStringOf, readDer, TAG } from '../../bytes/der.ts'
import { derNode } from '../../bytes/der-node.ts'
import { parseJson, readJson, type JsonValue } from '../../bytes/json.ts'
import { readBase64 } from '../../envelope/base64.ts'
import { coseTree, readCose } from '../../envelope/cose.ts'
import { stringBytes } from '../../envelope/member-bytes.ts'
import { certificateNode, readCertificate } from '../../pki/certificate.ts'
import { FORMATS } from './formats.ts'

/** Conceptual Message Wrappers (draft-ietf-rats-msg-wrap): a record names the type of what it carries; a collection holds records by label. */

/** CBOR tags that stand for a CoAP content format (RFC 9277 section 4.3). */
const FIRST_TAG = 1668546817n
const LAST_TAG = 1668612095n

/** CoAP content format of such a tag. */
export function contentFormatOf(tag: bigint): number | undefined {
  if (tag < FIRST_TAG || tag > LAST_TAG) return undefined
  const offset = Number(tag - FIRST_TAG)
  return Math.floor(offset / 256) * 255 + (offset % 256)
}

const COLLECTION_TYPE = '__cmwc_t'
const DEPTH = 8
/** Most records of one collection that are opened. */
const RECORDS = 256

/** A record that was found: what it says it is, and where its value lies. */
interface Carried {
  readonly name: string
  readonly type: string
  readonly slice: Slice
  readonly spaces: readonly Space[]
}

const MEDIA_TYPE = /^[a-z]+\/[A-Za-z0-9!#$&^_.+-]+/

function jsonRecord(slice: Slice, value: JsonValue, name: string): Carried | undefined {
  if (value.kind !== 'array' || value.items.length < 2 || value.items.length > 3) return undefined
  const [type, content, kind] = value.items
  if (!type || content?.kind !== 'string' || !(kind === undefined || kind.kind === 'number')) return undefined
  const typeText = type.kind === 'string' ? type.text : type.kind === 'number' ? type.text : ''
  if (!(type.kind === 'number' ? /^\d{1,5}$/.test(typeText) : MEDIA_TYPE.test(typeText))) return undefined
  const bytes = stringBytes(slice, content, (text) => readBase64(text, { url: true }))
  return bytes && { name, type: typeText, slice: bytes.slice, spaces: bytes.spaces }
}

/** Records of a JSON text; undefined when it is neither a record nor a collection. */
function jsonRecords(slice: Slice, value: JsonValue | undefined, name = '', depth = 0): Carried[] | undefined {
  if (!value || depth > DEPTH) return undefined
  const record = jsonRecord(slice, value, name)
  if (record) return [record]
  if (value.kind !== 'object' || value.members.length === 0) return undefined
  const found: Carried[] = []
  for (const { key, value: inner } of value.members) {
    if (key === COLLECTION_TYPE) continue
    const records = jsonRecords(slice, inner, name === '' ? key : `${name}/${key}`, depth + 1)
    if (!records || found.length > RECORDS) return undefined
    found.push(...records)
  }
  return found.length > 0 ? found : undefined
}

function cborRecords(item: CborItem | undefined, name = '', depth = 0): Carried[] | undefined {
  if (!item || depth > DEPTH) return undefined
  if (item.kind === 'tag') {
    const format = contentFormatOf(item.tag)
    return format !== undefined && item.content.kind === 'bytes'
      ? [{ name, type: String(format), slice: item.content.content, spaces: [] }]
      : undefined
  }
  if (item.kind === 'array') {
    const [type, content, kind] = item.items
    const isType =
      (type?.kind === 'text' && MEDIA_TYPE.test(type.text)) ||
      (type?.kind === 'int' && type.value >= 0n && type.value <= 0xffffn)
    if (!isType || item.items.length > 3 || content?.kind !== 'bytes' || !(kind === undefined || kind.kind === 'int'))
      return undefined
    return [
      {
        name,
        type: type?.kind === 'text' ? type.text : type?.kind === 'int' ? String(type.value) : '',
        slice: content.content,
        spaces: [],
      },
    ]
  }
  if (item.kind !== 'map' || item.entries.length === 0) return undefined
  const found: Carried[] = []
  for (const { key, value } of item.entries) {
    if (key.kind === 'text' && key.text === COLLECTION_TYPE) continue
    if (key.kind !== 'text' && key.kind !== 'int') return undefined
    const own = key.kind === 'text' ? key.text : String(key.value)
    const records = cborRecords(value, name === '' ? own : `${name}/${own}`, depth + 1)
    if (!records || found.length > RECORDS) return undefined
    found.push(...records)
  }
  return found.length > 0 ? found : undefined
}

/** Whether a JSON text is a record or a collection. */
export function isJsonCmw(slice: Slice): boolean {
  return jsonRecords(slice, parseJson(slice).value) !== undefined
}

/** The same for CBOR. */
export function isCborCmw(reading: CborReading, end: number): boolean {
  return reading.isWhole && reading.end === end && cborRecords(reading.item) !== undefined
}

/** Whether a COSE message carries one. */
export function isSignedCmw(slice: Slice): boolean {
  const { message } = readCose(slice)
  const payload = message?.payload && embeddedSlice(message.payload).slice
  return payload !== undefined && isCborCmw(readCbor(payload), payload.end)
}

function innerOf(records: readonly Carried[] | undefined): Inner[] {
  return (records ?? []).map(({ name, type, slice }) => ({
    slice,
    name: name === '' ? type : `${name} (${type})`,
    origin: 'embedded',
  }))
}

export function decodeJsonCmw(slice: Slice): Decoding<undefined> {
  const reading = readJson(slice, '', 'CMW')
  const { value, expand } = reading
  const records = jsonRecords(slice, value)
  return {
    tree: () => reading.node,
    decoded: undefined,
    spaces: () => (records ?? []).flatMap((record) => record.spaces),
    problems: [],
    inner: innerOf(records),
    expand: (path, from, to) => expand(path, from, to) ?? [],
  }
}

const RECORD: CborShape = {
  positions: [
    { key: 0, name: 'type', doc: 'field.cmw.type', type: 'tstr / uint' },
    { key: 1, name: 'value', doc: 'field.cmw.value', type: 'bstr' },
    { key: 2, name: 'ind', doc: 'field.cmw.ind', type: 'uint .bits cm-type' },
  ],
}

/** A record, or a collection of records by label. */
export const cmwShape: CborShape = { ...RECORD, element: { ...RECORD, doc: 'field.cmw.member' } }

export function decodeCborCmw(slice: Slice): Decoding<undefined> {
  const { node, item, spaces, expand } = cborTree(slice, '', 'CMW', cmwShape)
  return {
    tree: () => node,
    decoded: undefined,
    spaces: () => spaces,
    problems: [],
    inner: innerOf(cborRecords(item)),
    expand,
  }
}

/** A signed wrapper. Who signed it is not known here: what it carries is judged by itself, and the reader is told so. */
export function decodeSignedCmw(slice: Slice): Decoding<undefined> {
  const { node, spaces, expand } = coseTree(slice, '', 'CMW', cmwShape)
  const { message } = readCose(slice)
  const records = message?.payload && cborRecords(readCbor(embeddedSlice(message.payload).slice).item)
  return {
    tree: () => node,
    decoded: undefined,
    spaces: () => spaces,
    problems: message ? [{ because: say('eat.cmw-signature'), range: rangeOf(message.signature) }] : [],
    inner: innerOf(records),
    expand,
  }
}

/** id-pe-cmw: CHOICE { json UTF8String, cbor OCTET STRING }. */
export const CMW_EXTENSION = '1.3.6.1.5.5.7.1.35'

/** A certificate that carries a wrapper in an extension. */
export function decodeCmwCertificate(slice: Slice): Decoding<undefined> {
  const inner: Inner[] = []
  const extension = readCertificate(slice)?.extensions.find((one) => one.oid === CMW_EXTENSION)
  const element = extension && readDer(extension.value).element
  if (isTag(element, TAG.utf8) && contentOf(element).length > 0)
    inner.push({ slice: element.content, name: 'cmw', format: FORMATS.cmwJson, origin: 'embedded' })
  const octets = octetStringOf(element)
  if (octets) inner.push({ slice: octets, name: 'cmw', format: FORMATS.cmwCbor, origin: 'embedded' })
  const reader = (value: Slice, path: string): FieldNode => ({
    ...derNode(value, path, 'CMW'),
    doc: 'field.cmw.extension',
    ranges: [rangeOf(value)],
  })
  return {
    tree: () => certificateNode(slice, '', 'certificate', { extensionReaders: { [CMW_EXTENSION]: reader } }),
    decoded: undefined,
    spaces: () => [],
    problems: [],
    inner,
  }
}
