import { bytesOf, rangeOf, type ByteRange, type Slice, type Space } from '../../core/place.ts'
import type { FieldNode } from '../../core/field.ts'
import { say } from '../../core/saying.ts'
import type { EvidenceFormat, Inner } from '../../core/scheme.ts'
import { member, readJson, type JsonValue } from '../../bytes/json.ts'
import { gapNode, isZero, readWhole, toHex } from '../../bytes/layout.ts'
import { readBase64 } from '../../envelope/base64.ts'
import { stringBytes } from '../../envelope/member-bytes.ts'
import { FORMATS } from './decoded.ts'
import { dcuResponse } from './layout.ts'
import { isCa, isCertificate } from './look.ts'
import { le32 } from './mask.ts'
import { SIZE } from './numbers.ts'
import { at, caBytes, certificateBytes, dcuBytes, Rebuilder, reportBytes } from './rebuild.ts'

interface Part {
  readonly name: string
  readonly slice: Slice
  readonly format: string
}

/** Certificates one after another, of either kind: `hsk_cek`, `cert_chain`. */
export function certificateParts(slice: Slice): readonly Part[] {
  const parts: Part[] = []
  for (let from = slice.start; from < slice.end && parts.length < 16;) {
    const rest: Slice = { ...slice, start: from }
    const kind = isCa(rest) ? 'ca' : isCertificate(rest) ? 'certificate' : undefined
    if (!kind) break
    const end = from + SIZE[kind]
    parts.push({ name: `certificate ${parts.length + 1}`, slice: { ...rest, end }, format: FORMATS[kind] })
    from = end
  }
  return parts
}

const innerOf = ({ name, slice, format }: Part, hints?: Readonly<Record<string, string>>): Inner => ({
  name,
  slice,
  format,
  origin: 'embedded',
  ...(hints ? { hints } : {}),
})

function runNode(slice: Slice, label: string, parts: readonly Part[]): FieldNode {
  const children: FieldNode[] = []
  let from = slice.start
  const gap = (to: number) => {
    if (to <= from) return
    const own: Slice = { ...slice, start: from, end: to }
    const because = say(isZero(bytesOf(own)) ? 'layout.padding' : 'layout.trailing', {
      count: to - from,
      at: `0x${from.toString(16)}`,
    })
    children.push(gapNode(`rest${from}`, 'rest', own, [{ because, range: rangeOf(own) }], 'field.trailing'))
  }
  for (const [i, part] of parts.entries()) {
    gap(part.slice.start)
    children.push({
      path: `part${i}`,
      label: part.name,
      kind: 'leaf',
      ranges: [rangeOf(part.slice)],
      value: { kind: 'bytes', length: part.slice.end - part.slice.start },
      doc: 'field.csvParts.part',
      children: [],
      problems: [],
    })
    from = part.slice.end
  }
  gap(slice.end)
  const ranges: ByteRange[] = [rangeOf(slice)]
  return { path: '', label, kind: 'struct', ranges, value: { kind: 'none' }, children, problems: [] }
}

/** Several certificates in one file: what Hygon's server answers, or what `hag` exports. */
export const certificatesFormat: EvidenceFormat = {
  id: FORMATS.certificates,
  message: 'endorsement',
  title: 'format.csv.certificates',
  decode(slice) {
    const parts = certificateParts(slice)
    return {
      tree: () => runNode(slice, 'CSV certificates', parts),
      decoded: undefined,
      spaces: () => [],
      problems: [],
      inner: parts.map((part) => innerOf(part)),
    }
  },
}

/** The parts of `csv_evidence`: a page with the report, HSK and CEK, and their length before or behind them. */
export function evidenceParts(slice: Slice): readonly Part[] {
  if (slice.end - slice.start !== SIZE.page + SIZE.ca + SIZE.certificate + 4) return []
  const lengthFirst = le32(slice, SIZE.page) === SIZE.ca + SIZE.certificate
  const from = slice.start + SIZE.page + (lengthFirst ? 4 : 0)
  const chain = certificateParts({ ...slice, start: from, end: from + SIZE.ca + SIZE.certificate })
  if (chain.length !== 2) return []
  return [{ name: 'report', slice: { ...slice, end: slice.start + SIZE.page }, format: FORMATS.report }, ...chain]
}

/** What rats-tls and librats pass on. */
export const evidenceFormat: EvidenceFormat = {
  id: FORMATS.evidence,
  message: 'supporting',
  title: 'format.csv.evidence',
  decode(slice) {
    const parts = evidenceParts(slice)
    return {
      tree: () => runNode(slice, 'CSV evidence', parts),
      decoded: undefined,
      spaces: () => [],
      problems: [],
      inner: parts.map((part) => innerOf(part)),
    }
  },
}

/** The driver's answer with a DCU report in it. */
export const dcuResponseFormat: EvidenceFormat = {
  id: FORMATS.dcuResponse,
  message: 'supporting',
  title: 'format.csv.dcu-response',
  rows: () => dcuResponse.rows(),
  decode(slice) {
    const reading = readWhole(dcuResponse, slice, '', 'DCU response')
    const report = reading.value?.report
    return {
      tree: () => reading.node,
      decoded: undefined,
      spaces: () => [],
      problems: [],
      inner: report ? [innerOf({ name: 'report', slice: report.slice, format: FORMATS.dcu })] : [],
    }
  },
}

interface Found {
  readonly spaces: Space[]
  readonly inner: Inner[]
}

type Rebuilt = { readonly space: Space; readonly slice: Slice } | undefined

function add(found: Found, name: string, format: string, made: Rebuilt, hints?: Readonly<Record<string, string>>) {
  if (!made) return
  found.spaces.push(made.space)
  found.inner.push(innerOf({ name, slice: made.slice, format }, hints))
}

/** What the container says again of what the report holds: compared with it, because nothing signs it. */
function duplicates(pek: Rebuilt, serial: Rebuilt): Readonly<Record<string, string>> {
  return {
    ...(pek ? { pek: toHex(bytesOf(pek.slice)) } : {}),
    ...(serial ? { chipId: toHex(bytesOf(serial.slice)) } : {}),
  }
}

function authorities(file: Slice, chain: JsonValue | undefined, found: Found): void {
  const pair = member(chain, 'hsk_cek') ?? chain
  const hsk = member(pair, 'hsk')
  const cek = member(pair, 'cek')
  const isGiven = (made: Rebuilt) => made !== undefined && !isZero(bytesOf(made.slice))
  const hskBytes = hsk && caBytes(file, hsk)
  const cekBytes = cek && certificateBytes(file, cek)
  // Some senders fill what they do not have with zeros.
  if (isGiven(hskBytes)) add(found, 'HSK', FORMATS.ca, hskBytes)
  if (isGiven(cekBytes)) add(found, 'CEK', FORMATS.certificate, cekBytes)
}

/** Text of a member as bytes: base64 in either alphabet. */
const base64Member = (file: Slice, value: JsonValue | undefined) =>
  stringBytes(file, value, (text) => readBase64(text, { url: true }), readBase64)

function listMember(file: Slice, value: JsonValue | undefined): Rebuilt {
  return value?.kind === 'array'
    ? new Rebuilder(file, value.range.start).list(value, value.items.length).done()
    : undefined
}

function readCoco(file: Slice, value: JsonValue, found: Found): void {
  const report = member(value, 'attestation_report')
  const chain = member(value, 'cert_chain')
  const serial = member(value, 'serial_number')
  const pek = member(chain, 'pek')
  const data = member(report, 'data')
  if (data) {
    const again = duplicates(pek && certificateBytes(file, pek), listMember(file, serial))
    add(found, 'report', FORMATS.report, listMember(file, data), again)
  } else if (report) add(found, 'report', FORMATS.report, reportBytes(file, report, pek, serial))
  authorities(file, chain, found)
  const log = base64Member(file, member(value, 'cc_eventlog'))
  if (log && log.slice.end > log.slice.start) {
    found.spaces.push(...log.spaces)
    found.inner.push({ slice: log.slice, name: 'cc_eventlog', origin: 'embedded' })
  }
}

/** `{ tee, evidence: { report }, request }` of unified-attestation. */
function readUnified(file: Slice, value: JsonValue, found: Found): void {
  const report = base64Member(file, at(value, 'evidence', 'report'))
  if (!report) return
  found.spaces.push(...report.spaces)
  found.inner.push(innerOf({ name: 'report', slice: report.slice, format: FORMATS.report }))
}

/** Evidence as CoCo's agents, Trustee and unified-attestation write it. */
export const jsonFormat: EvidenceFormat = {
  id: FORMATS.json,
  message: 'supporting',
  title: 'format.csv.evidence-json',
  decode(slice) {
    const { value, node, expand } = readJsonOf(slice, 'CSV evidence')
    const found: Found = { spaces: [], inner: [] }
    if (value) (member(value, 'attestation_report') ? readCoco : readUnified)(slice, value, found)
    return {
      tree: node,
      decoded: undefined,
      spaces: () => found.spaces,
      problems: [],
      inner: found.inner,
      expand: (path, from, to) => expand(path, from, to) ?? [],
    }
  },
}

/** Reports of one or several DCUs. */
export const dcuJsonFormat: EvidenceFormat = {
  id: FORMATS.dcuJson,
  message: 'supporting',
  title: 'format.csv.dcu-json',
  decode(slice) {
    const { value, node, expand } = readJsonOf(slice, 'DCU evidence')
    const found: Found = { spaces: [], inner: [] }
    const reports = member(value, 'attestation_reports')
    for (const [i, report] of (reports?.kind === 'array' ? reports.items.slice(0, 64) : []).entries())
      add(found, `DCU ${i + 1}`, FORMATS.dcu, dcuBytes(slice, report))
    authorities(slice, member(value, 'cert_chain'), found)
    return {
      tree: node,
      decoded: undefined,
      spaces: () => found.spaces,
      problems: [],
      inner: found.inner,
      expand: (path, from, to) => expand(path, from, to) ?? [],
    }
  },
}

function readJsonOf(slice: Slice, label: string) {
  const reading = readJson(slice, '', label)
  return { value: reading.value, node: () => reading.node, expand: reading.expand }
}
