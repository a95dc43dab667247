import type { Slice, Space } from '../../../core/place.ts'
import type { Decoding, EvidenceFormat, Inner } from '../../../core/scheme.ts'
import { contentOf, isTag, octetStringOf, readDer, sequenceOf, TAG, type DerElement } from '../../../bytes/der.ts'
import { derNode } from '../../../bytes/der-node.ts'
import { jsonStringContent, member, readJson } from '../../../bytes/json.ts'
import { bytes, isZero, rest, struct } from '../../../bytes/layout.ts'
import { readBase64 } from '../../../envelope/base64.ts'
import { readGzip } from '../../../envelope/inflate.ts'
import { stringBytes } from '../../../envelope/member-bytes.ts'
import { FORMATS } from '../decoded.ts'
import { responseHead, scaleHead } from '../layout.ts'
import { REPORT_SIZE, reportLikeness } from '../sniff.ts'
import { decodeProtobuf, startsProtobuf } from './protobuf.ts'
import { structParts, structReport } from './struct-json.ts'

/** Files of other projects that hold a report among other things. What they say about it beside the report is their claim. */

const NOTHING: Omit<Decoding, 'tree'> = { decoded: undefined, spaces: () => [], problems: [], inner: [] }

/** dstack's envelope: two bytes, the length as SCALE writes it, the report, then a description of the guest. */
const scaleEnvelope = struct('snpScaleEnvelope')
  .field('head', scaleHead, 'head')
  .field('report', (q) => bytes(q.head.length.value >> 2), 'report')
  .field('rest', rest(), 'description')

/** The firmware's answer: status, length, the report, and the rest of the kernel's buffer. */
const responseEnvelope = struct('snpResponseEnvelope')
  .field('head', responseHead, 'head')
  .field('report', (q) => bytes(q.head.size.value), 'report')
  .field('rest', rest(), 'rest')

/** True for the firmware's answer to a request for a report. */
export function isResponse(slice: Slice): boolean {
  const { value, end } = responseHead.read(slice, '')
  return (
    value !== undefined &&
    value.status.value === 0 &&
    value.size.value === REPORT_SIZE &&
    isZero(value.reserved.value) &&
    reportLikeness({ ...slice, start: end }).score > 0.8
  )
}

function decodeResponse(slice: Slice): Decoding {
  const reading = responseEnvelope.read(slice, '', 'MSG_REPORT_RSP')
  const { value } = reading
  return {
    ...NOTHING,
    tree: () => reading.node,
    inner: value ? [{ slice: value.report.slice, name: 'report', format: FORMATS.report, origin: 'embedded' }] : [],
  }
}

/** True for dstack's envelope. */
export function isScaleEnvelope(slice: Slice): boolean {
  const reading = scaleHead.read(slice, '')
  const value = reading.value
  return (
    value !== undefined &&
    value.version.value === 0 &&
    value.length.value === ((REPORT_SIZE << 2) | 1) &&
    reportLikeness({ ...slice, start: reading.end }).score > 0.8
  )
}

function decodeScale(slice: Slice): Decoding {
  const { value, node } = scaleEnvelope.read(slice, '', 'dstack attestation')
  return {
    ...NOTHING,
    tree: () => node,
    inner: value ? [{ slice: value.report.slice, name: 'report', format: FORMATS.report, origin: 'embedded' }] : [],
    // What the host tells of the guest: inputs from which the measurement follows stand there.
    unexplored: value ? [{ slice: value.rest.slice, name: 'description' }] : [],
  }
}

/** The bundle of one inference service: report (base64 of gzip), VCEK (base64), Sigstore bundle, TLS certificate. */
function decodeJson(slice: Slice): Decoding {
  const reading = readJson(slice, '', 'attestation bundle')
  const { value, expand } = reading
  if (structReport(value)) {
    const { spaces, ...parts } = structParts(slice, value)
    return {
      ...NOTHING,
      ...parts,
      tree: () => reading.node,
      spaces: () => spaces,
      expand: (path, from, to) => expand(path, from, to) ?? [],
    }
  }
  const inner: Inner[] = []
  const spaces: Space[] = []
  const body = member(member(value, 'enclaveAttestationReport'), 'body')
  if (body?.kind === 'string') {
    const content = jsonStringContent(slice, body)
    spaces.push(...content.spaces)
    inner.push({
      slice: content.slice,
      name: 'enclaveAttestationReport.body',
      origin: 'embedded',
      ...(isReadable(content.slice) ? {} : { format: FORMATS.report }),
    })
  }
  const vcek = member(value, 'vcek')
  const leaf = stringBytes(slice, vcek, readBase64)
  if (vcek?.kind === 'string' && vcek.text !== '') {
    const own = leaf ?? jsonStringContent(slice, vcek)
    spaces.push(...own.spaces)
    inner.push({ slice: own.slice, name: 'vcek', format: FORMATS.leaf, origin: 'embedded', hints: { slot: 'VCEK' } })
  }
  // Who says what was built: opened by whoever reads such statements.
  const statement = member(value, 'sigstoreBundle')
  if (statement?.kind === 'object')
    inner.push({
      slice: { ...slice, start: statement.range.start, end: statement.range.end },
      name: 'sigstoreBundle',
      origin: 'bundled',
    })
  return {
    ...NOTHING,
    tree: () => reading.node,
    spaces: () => spaces,
    inner,
    expand: (path, from, to) => expand(path, from, to) ?? [],
  }
}

/** Base64 of bytes, or of gzip that opens. A body that cannot be read is a broken report, not a missing one. */
function isReadable(text: Slice): boolean {
  const read = readBase64(text)
  if (!read) return false
  const { bytes, start } = read.slice
  return bytes[start] !== 0x1f || bytes[start + 1] !== 0x8b || readGzip(read.slice) !== undefined
}

/** A certificate request with SNP evidence in an extension, as Enarx makes it: SEQUENCE { VCEK, CRLs, report }. */
function decodeRequest(slice: Slice): Decoding {
  const inner: Inner[] = []
  const tree = derNode(slice, '', 'certificate request')
  const queue: DerElement[] = []
  const { element } = readDer(slice)
  if (element) queue.push(element)
  for (let next = queue.shift(); next && inner.length < 16; next = queue.shift()) {
    if (isTag(next, TAG.octetString)) {
      const content = octetStringOf(next)
      if (content) collect(content, inner)
    }
    queue.push(...(next.children ?? []))
  }
  return { ...NOTHING, tree: () => tree, inner }
}

function collect(content: Slice, inner: Inner[]): void {
  const [leaf, lists, report] = sequenceOf(readDer(content).element) ?? []
  if (!leaf || !lists || !isTag(report, TAG.octetString) || contentOf(report).length < REPORT_SIZE) return
  inner.push({
    slice: { ...content, start: leaf.range.start, end: leaf.range.end },
    name: 'VCEK',
    format: FORMATS.leaf,
    origin: 'embedded',
  })
  const pending = [...(lists.children ?? [])]
  for (let list = pending.shift(); list; list = pending.shift()) {
    const [address, crl] = list.children ?? []
    if (address && crl && !address.constructed)
      inner.push({
        slice: { ...content, start: crl.range.start, end: crl.range.end },
        name: 'CRL',
        format: 'x509.crl',
        origin: 'embedded',
      })
    else pending.push(...(list.children ?? []))
  }
  const body = octetStringOf(report)
  if (body) inner.push({ slice: body, name: 'report', format: FORMATS.report, origin: 'embedded' })
}

function protobufDecoding(slice: Slice): Decoding {
  const { tree, inner } = decodeProtobuf(slice)
  return { ...NOTHING, tree: () => tree, inner }
}

/** A report inside a file of another project. */
export const envelopeFormat: EvidenceFormat<unknown> = {
  id: FORMATS.envelope,
  message: 'supporting',
  title: 'format.amd.snp-envelope',
  rows: () => scaleEnvelope.rows(),
  decode(slice) {
    if (isScaleEnvelope(slice)) return decodeScale(slice)
    if (isResponse(slice)) return decodeResponse(slice)
    if (startsProtobuf(slice)) return protobufDecoding(slice)
    return slice.bytes[slice.start] === 0x30 ? decodeRequest(slice) : decodeJson(slice)
  },
}
