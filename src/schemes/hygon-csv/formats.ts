import { rangeOf, subSlice, type Slice } from '../../core/place.ts'
import type { FieldNode } from '../../core/field.ts'
import type { Decoding, EvidenceFormat, Facts, Register } from '../../core/scheme.ts'
import { readWhole, type Layout } from '../../bytes/layout.ts'
import {
  FORMATS,
  type CsvCertificate,
  type DecodedCa,
  type DecodedCertificate,
  type DecodedDcu,
  type DecodedReport,
} from './decoded.ts'
import { caCertificate, csvCertificate, dcuReport, reportV1, reportV2 } from './layout.ts'
import { isV1, isV2, unmasked } from './mask.ts'
import { SIZE, V1_TAIL_AT, V2_TAIL_AT } from './numbers.ts'

function decodeWith<T>(
  layout: Layout<T>,
  slice: Slice,
  label: string,
): Decoding<{ readonly slice: Slice; readonly value: T | undefined }> {
  const reading = readWhole(layout, slice, '', label)
  return {
    tree: () => reading.node,
    decoded: { slice, value: reading.value },
    spaces: () => [],
    problems: [],
    inner: [],
  }
}

/** HRK or HSK. */
export const caFormat: EvidenceFormat<DecodedCa> = {
  id: FORMATS.ca,
  message: 'endorsement',
  title: 'format.csv.ca-certificate',
  rows: () => caCertificate.rows(),
  decode: (slice) => decodeWith(caCertificate, slice, 'Hygon authority'),
}

/** CEK, PEK, OCA or PDH. */
export const certificateFormat: EvidenceFormat<DecodedCertificate> = {
  id: FORMATS.certificate,
  message: 'endorsement',
  title: 'format.csv.certificate',
  rows: () => csvCertificate.rows(),
  decode: (slice) => decodeWith(csvCertificate, slice, 'CSV certificate'),
}

/** The report of a guest, in either version. */
export const reportFormat: EvidenceFormat<DecodedReport> = {
  id: FORMATS.report,
  message: 'evidence',
  title: 'format.csv.report',
  rows: () => reportV1.rows(),
  decode: (slice, { hints }) => (isV2(slice) && !isV1(slice) ? decodeV2(slice, hints) : decodeV1(slice, hints)),
  facts: reportFacts,
}

/** The signer's certificate of a report that is cut off behind it: enough to look at who signed. */
const pekAt = (slice: Slice, at: number): CsvCertificate | undefined =>
  csvCertificate.read(subSlice(slice, at), 'signer.pek').value

function decodeV2(slice: Slice, hints: Readonly<Record<string, string>>): Decoding<DecodedReport> {
  const reading = readWhole(reportV2, slice, '', 'CSV report')
  return {
    tree: () => reading.node,
    decoded: {
      version: 2,
      slice,
      clear: slice,
      value: reading.value,
      pek: reading.value?.signer.pek ?? pekAt(slice, V2_TAIL_AT),
      hints,
    },
    spaces: () => [],
    problems: [],
    inner: [],
  }
}

/** The stored bytes are one leaf; what they say stands below it, in the space where the mask is off. */
function decodeV1(slice: Slice, hints: Readonly<Record<string, string>>): Decoding<DecodedReport> {
  const clear = unmasked(slice)
  const reading = reportV1.read(clear.slice, '', 'CSV report')
  const stored: Slice = { ...slice, end: Math.min(slice.end, slice.start + SIZE.v1) }
  const whole: Layout<undefined> = {
    size: undefined,
    rows: () => [],
    read: () => ({ value: undefined, end: stored.end, short: false, node: maskedNode(stored, reading.node) }),
  }
  const tree = readWhole(whole, slice, '', 'CSV report')
  return {
    tree: () => tree.node,
    decoded: {
      version: 1,
      slice: stored,
      clear: clear.slice,
      tail: clear.tail,
      value: reading.value,
      pek: reading.value?.signer.pek ?? pekAt(clear.slice, V1_TAIL_AT),
      hints,
    },
    spaces: () => [clear.space],
    problems: [],
    inner: [],
  }
}

function maskedNode(stored: Slice, clear: FieldNode): FieldNode {
  return {
    path: 'masked',
    label: 'CSV report',
    kind: 'embedded',
    ranges: [rangeOf(stored)],
    value: { kind: 'bytes', length: stored.end - stored.start },
    doc: 'field.csvReport.masked',
    children: [clear],
    problems: [],
  }
}

function reportFacts(decoded: DecodedReport): Facts {
  const { value } = decoded
  if (!value) return { measurements: [] }
  const { teeInfo, signer } = value
  const measurements: Register[] = [{ name: 'MEASURE', value: teeInfo.measure, identity: true, hash: 'sm3' }]
  if ('rtmr1' in teeInfo)
    for (const name of ['rtmr0', 'rtmr1', 'rtmr2', 'rtmr3', 'rtmr4'] as const)
      measurements.push({
        name: name.toUpperCase(),
        value: teeInfo[name],
        identity: name !== 'rtmr0',
        hash: 'sm3',
        // RTMR0 repeats MEASURE, so that logs, which count from the first one that is extended, are one behind.
        logName: name === 'rtmr0' ? 'MRTD' : `RTMR${Number(name.slice(-1)) - 1}`,
      })
  const text = signer.chipId.value
  const end = text.indexOf(0)
  return {
    userData: teeInfo.reportData,
    nonce: teeInfo.mnonce,
    measurements,
    deviceId: { ...signer.chipId, value: end < 0 ? text : text.subarray(0, end) },
    deviceIdIsStated: true,
    productId: 'Hygon CSV',
    debug: {
      path: `${teeInfo.policy.path}.NODBG`,
      ranges: teeInfo.policy.ranges,
      value: teeInfo.policy.flags.NODBG === 0,
    },
  }
}

/** A DCU's report: it names its chip in signed bytes. */
export const dcuFormat: EvidenceFormat<DecodedDcu> = {
  id: FORMATS.dcu,
  message: 'evidence',
  title: 'format.csv.dcu-report',
  rows: () => dcuReport.rows(),
  decode: (slice) => decodeWith(dcuReport, slice, 'DCU report'),
  facts({ value }) {
    if (!value) return { measurements: [] }
    const { chipId, measure, userData } = value.body
    const end = chipId.value.indexOf(0)
    return {
      userData,
      measurements: [{ name: 'MEASURE', value: measure, identity: true, hash: 'sm3' }],
      deviceId: { ...chipId, value: end < 0 ? chipId.value : chipId.value.subarray(0, end) },
      productId: 'Hygon DCU',
    }
  },
}
