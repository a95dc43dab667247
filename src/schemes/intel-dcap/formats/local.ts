import { rangeOf, type Slice } from '../../../core/place.ts'
import type { Decoding, EvidenceFormat, Facts, Register } from '../../../core/scheme.ts'
import { say, type Saying } from '../../../core/saying.ts'
import { bytes, gapNode, hexOffset, readWhole, u32le, type Bytes, type Struct } from '../../../bytes/layout.ts'
import { compose } from '../compose.ts'
import { FORMATS, type EpidQuote, type RawSgxReport, type RawTdReport } from '../decoded.ts'
import { epidQuote, sgxReport, tdReportRaw } from '../layout-local.ts'
import { enclaveReport, type EnclaveReport } from '../layout-report.ts'
import { enclaveRegisters } from './registers.ts'

function shortOf(slice: Slice, need: number): Saying | undefined {
  const have = slice.end - slice.start
  return have < need
    ? say(
        'quote.truncated',
        { at: hexOffset(slice.end), from: hexOffset(slice.start), field: `${have} / ${need}` },
        'cut-off',
      )
    : undefined
}

function decodeTdReport(slice: Slice): Decoding<RawTdReport> {
  const reading = readWhole(tdReportRaw, slice, '', 'TDREPORT')
  const { value } = reading
  const registers: { name: string; value: Bytes; identity: boolean }[] = value
    ? [
        ...(['mrTd', 'rtmr0', 'rtmr1', 'rtmr2', 'rtmr3'] as const).map((name) => ({
          name: name.toUpperCase(),
          value: value.tdInfo[name],
          identity: true,
        })),
        ...(['mrConfigId', 'mrOwner', 'mrOwnerConfig'] as const).map((name) => ({
          name: name.toUpperCase(),
          value: value.tdInfo[name],
          identity: false,
        })),
        { name: 'MRSERVICETD', value: value.tdInfo.servTdHash, identity: false },
        { name: 'MRSEAM', value: value.teeTcbInfo.mrSeam, identity: false },
        { name: 'MRSIGNERSEAM', value: value.teeTcbInfo.mrSignerSeam, identity: false },
      ]
    : []
  const decoded: RawTdReport = {
    slice,
    cpuSvn: value?.mac.cpuSvn,
    teeTcbInfoHash: value?.mac.teeTcbInfoHash,
    tdInfoHash: value?.mac.teeInfoHash,
    reportData: value?.mac.reportData,
    mac: value?.mac.mac,
    teeTcbInfo: sliceOfStruct(value?.teeTcbInfo),
    tdInfo: sliceOfStruct(value?.tdInfo),
    teeTcbSvn: value?.teeTcbInfo.teeTcbSvn,
    mrSeam: value?.teeTcbInfo.mrSeam,
    mrSignerSeam: value?.teeTcbInfo.mrSignerSeam,
    seamAttributes: value?.teeTcbInfo.seamAttributes,
    tdAttributes: value?.tdInfo.tdAttributes,
    xfam: value?.tdInfo.xfam,
    registers,
    malformed: shortOf(slice, 1024),
  }
  return { tree: () => reading.node, decoded, spaces: () => [], problems: [], inner: [] }
}

function sliceOfStruct<F>(value: Struct<F> | undefined): Slice | undefined {
  return value?.$.slice
}

const located = (value: Bytes) => ({ path: value.path, ranges: value.ranges, value: value.value })

function tdReportFacts(report: RawTdReport): Facts {
  return {
    measurements: report.registers.map((register): Register => ({
      name: register.name,
      value: located(register.value),
      identity: register.identity,
    })),
    ...(report.reportData ? { userData: located(report.reportData) } : {}),
    ...(report.tdAttributes
      ? {
          debug: {
            path: `${report.tdAttributes.path}.DEBUG`,
            ranges: report.tdAttributes.ranges,
            value: report.tdAttributes.flags['DEBUG'] === 1,
          },
        }
      : {}),
    productId: 'tdx',
  }
}

function decodeSgxReport(slice: Slice): Decoding<RawSgxReport> {
  const size = slice.end - slice.start
  // The body alone is 384 bytes; with key id and MAC it is 432.
  if (size < 432) {
    const reading = readWhole(enclaveReport, slice, '', 'SGX report body')
    const { value } = reading
    return {
      tree: () => reading.node,
      decoded: { slice, report: value, keyId: undefined, mac: undefined, malformed: shortOf(slice, 384) },
      spaces: () => [],
      problems: [],
      inner: [],
    }
  }
  const reading = readWhole(sgxReport, slice, '', 'SGX REPORT')
  const { value } = reading
  return {
    tree: () => reading.node,
    decoded: { slice, report: value?.body, keyId: value?.keyId, mac: value?.mac, malformed: undefined },
    spaces: () => [],
    problems: [],
    inner: [],
  }
}

function enclaveFacts(report: EnclaveReport | undefined): Facts {
  if (!report) return { measurements: [] }
  return {
    userData: located(report.reportData),
    measurements: enclaveRegisters(report),
    productId: 'sgx',
    debug: {
      path: `${report.attributes.path}.DEBUG`,
      ranges: report.attributes.ranges,
      value: report.attributes.flags.DEBUG === 1,
    },
  }
}

function decodeEpid(slice: Slice): Decoding<EpidQuote> {
  let malformed: Saying | undefined
  const composer = compose('epid', slice, '', (because) => {
    malformed ??= because
  })
  const quote = composer.take('quote', epidQuote, 'EPID quote')
  const hasSignature = composer.remaining().end > composer.remaining().start
  const length = quote && hasSignature ? composer.take('signatureLength', u32le(), 'signature length') : undefined
  const signature = length
    ? composer.block('signature', length.value, 'EPID signature', (inner, path) => ({
        node: () => bytes(inner.end - inner.start).read(inner, path, 'EPID signature').node,
        value: inner,
      }))
    : undefined
  if (quote && quote.version.value !== 1 && quote.version.value !== 2)
    malformed ??= say('quote.version', { version: quote.version.value })
  const { tree } = composer.finish('SGX EPID quote', (rest, path) =>
    gapNode(
      path,
      'trailing',
      rest,
      [
        {
          because: say('layout.trailing', { count: rest.end - rest.start, at: hexOffset(rest.start) }),
          range: rangeOf(rest),
        },
      ],
      'field.trailing',
    ),
  )
  const decoded: EpidQuote = {
    slice,
    version: quote?.version.value,
    signType: quote?.signType,
    gid: quote?.epidGroupId,
    qeSvn: quote?.qeSvn,
    pceSvn: quote?.pceSvn,
    basename: quote?.basename,
    report: quote?.body,
    signatureLength: length,
    signature,
    malformed: malformed ?? shortOf(slice, 432),
  }
  return { tree, decoded, spaces: () => [], problems: [], inner: [] }
}

/** TDREPORT: what a TD gets from its own module, for the same machine only. */
export const tdReportFormat: EvidenceFormat<RawTdReport> = {
  id: FORMATS.tdReport,
  message: 'evidence',
  title: 'format.intel.tdreport',
  decode: decodeTdReport,
  facts: tdReportFacts,
  rows: () => tdReportRaw.rows(),
}

/** REPORT of an enclave, for another enclave on the same machine. */
export const sgxReportFormat: EvidenceFormat<RawSgxReport> = {
  id: FORMATS.sgxReport,
  message: 'evidence',
  title: 'format.intel.sgx-report',
  decode: decodeSgxReport,
  facts: (decoded) => enclaveFacts(decoded.report),
  rows: () => sgxReport.rows(),
}

/** EPID quote: its signature needs a service that was switched off. */
export const epidQuoteFormat: EvidenceFormat<EpidQuote> = {
  id: FORMATS.epidQuote,
  message: 'evidence',
  title: 'format.intel.epid-quote',
  decode: decodeEpid,
  facts: (decoded) => enclaveFacts(decoded.report),
  rows: () => [
    ...epidQuote.rows(),
    { name: 'signatureLength', label: 'signature length', type: 'u32 LE', size: 4, doc: 'field.epid.signatureLength' },
    { name: 'signature', label: 'EPID signature', type: 'byte[]', doc: 'field.epid.signature' },
  ],
}
