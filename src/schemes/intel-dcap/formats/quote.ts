import { rangeOf, type Slice, type Space } from '../../../core/place.ts'
import type { FieldNode, LayoutRow, Problem } from '../../../core/field.ts'
import { say, type Saying } from '../../../core/saying.ts'
import type { Decoding, EvidenceFormat, Facts } from '../../../core/scheme.ts'
import type { ByteRange, Located } from '../../../core/place.ts'
import { ecSpki } from '../../../crypto/keys.ts'
import { bytes, gapNode, hexOffset, isZero, u16le, u32le, type Bytes, type Layout } from '../../../bytes/layout.ts'
import { bytesOf } from '../../../core/place.ts'
import type { Certificate } from '../../../pki/types.ts'
import { compose, type Built, type Composer } from '../compose.ts'
import { FORMATS, type CertificationData, type PlatformIdentification, type Quote, type QuoteBody } from '../decoded.ts'
import {
  BODY_TYPES,
  bodyDescriptor,
  CERTIFICATION_TYPES,
  quoteHeader3,
  quoteHeader4,
  type QuoteHeader,
} from '../layout-quote.ts'
import { enclaveReport, tdReport10, tdReport15, tdReport15ex, type EnclaveReport } from '../layout-report.ts'
import { readPemChain, withCertificates } from './certificates.ts'
import { PCK_EXTENSION, readPckExtensions } from './pck.ts'
import { quoteRegisters } from './registers.ts'

/** What is found while reading, in order. The first breach of the format is kept. */
interface Findings {
  readonly spaces: Space[]
  readonly openers: Map<number, () => FieldNode>
  malformed: Saying | undefined
  malformedAt: ByteRange | undefined
}

function breach(found: Findings, because: Saying, range: ByteRange): Problem {
  if (found.malformed === undefined) {
    found.malformed = because
    found.malformedAt = range
  }
  return { because, range }
}

const lieTo =
  (found: Findings) =>
  (because: Saying, range: ByteRange): void => {
    breach(found, because, range)
  }

/** Everything behind header and body. */
type Signature = Pick<
  Quote,
  | 'signature'
  | 'attestationKey'
  | 'qeReport'
  | 'qeReportSlice'
  | 'qeReportSignature'
  | 'qeAuthData'
  | 'outerCertification'
  | 'certification'
  | 'platform'
  | 'certificates'
  | 'certificatePaths'
  | 'chainSlice'
  | 'manifest'
>
const NO_SIGNATURE: Signature = {
  signature: undefined,
  attestationKey: undefined,
  qeReport: undefined,
  qeReportSlice: undefined,
  qeReportSignature: undefined,
  qeAuthData: undefined,
  outerCertification: undefined,
  certification: undefined,
  platform: undefined,
  certificates: [],
  certificatePaths: [],
  chainSlice: undefined,
  manifest: undefined,
}

/** Reads a DCAP quote of version 3, 4 or 5. */
export function decodeQuote(slice: Slice): Decoding<Quote> {
  const found: Findings = { spaces: [], openers: new Map(), malformed: undefined, malformedAt: undefined }
  const composer = compose('quote', slice, '', lieTo(found))
  const version = u16le().read(slice, 'header.version', 'version').value?.value
  const header: QuoteHeader | undefined = composer.take('header', version === 3 ? quoteHeader3 : quoteHeader4)
  const supported = header !== undefined && version !== undefined && version >= 3 && version <= 5
  if (header && !supported)
    composer.note(breach(found, say('quote.version', { version: header.version.value }), header.$.range))
  const tee = teeOf(header)
  if (supported && (tee === undefined || (version === 3 && tee !== 'sgx')))
    composer.note(
      breach(
        found,
        say('quote.tee-type', { type: header.teeType.value, version }),
        header.teeType.ranges[0] ?? header.$.range,
      ),
    )
  const keyLength = header ? keyLengthOf(header) : undefined
  if (supported && keyLength === undefined)
    composer.note(
      breach(
        found,
        say('quote.key-type', { type: header.attestationKeyType.value }),
        header.attestationKeyType.ranges[0] ?? header.$.range,
      ),
    )

  const descriptor = supported && version === 5 ? composer.take('bodyDescriptor', bodyDescriptor) : undefined
  const body = supported ? readBody(composer, found, version, version === 3 ? 'sgx' : tee, descriptor) : undefined
  const signatureLength = body ? composer.take('signatureLength', u32le(), 'signature data length') : undefined
  const parts =
    signatureLength && version !== undefined
      ? (composer.block('signatureData', signatureLength.value, 'signature data', (inner, path) =>
          readSignatureData(inner, path, version, keyLength ?? 64, found),
        ) ?? NO_SIGNATURE)
      : NO_SIGNATURE
  const trailing = signatureLength ? composer.remaining() : { ...slice, start: slice.end }
  const whole = composer.finish(titleOf(version, tee), (rest, path) =>
    trailingNode(rest, path, signatureLength !== undefined),
  )
  const problems = whole.problems()
  const cut = problems.find((problem) => problem.because.code === 'cut-off')
  if (cut)
    breach(
      found,
      say(
        'quote.truncated',
        { at: hexOffset(slice.end), from: hexOffset(cut.range.start), field: cut.because.params['field'] ?? '' },
        'cut-off',
      ),
      cut.range,
    )
  const decoded: Quote = {
    slice,
    version,
    tee,
    header,
    headerSlice: header?.$.slice,
    bodyDescriptor: descriptor,
    body,
    signedBytes: header && body ? { ...slice, start: header.$.range.start, end: body.slice.end } : undefined,
    signatureLength,
    ...parts,
    trailing,
    problems,
    malformed: found.malformed,
    malformedAt: found.malformedAt,
  }
  return {
    tree: () => withCertificates(whole.tree(), found.openers),
    decoded,
    spaces: () => found.spaces,
    problems: [],
    inner: [],
  }
}

function teeOf(header: QuoteHeader | undefined): 'sgx' | 'tdx' | undefined {
  return header?.teeType.value === 0 ? 'sgx' : header?.teeType.value === 0x81 ? 'tdx' : undefined
}

/** Bytes of a coordinate pair, which is also the length of r ‖ s. */
function keyLengthOf(header: QuoteHeader): number | undefined {
  return header.attestationKeyType.value === 2 ? 64 : header.attestationKeyType.value === 3 ? 96 : undefined
}

function titleOf(version: number | undefined, tee: 'sgx' | 'tdx' | undefined): string {
  return `${tee === 'tdx' ? 'TDX' : 'SGX'} quote${version === undefined ? '' : ` v${version}`}`
}

function trailingNode(rest: Slice, path: string, whole: boolean): FieldNode {
  const count = rest.end - rest.start
  if (!whole) return gapNode(path, 'not read', rest, [], 'field.quote.unread')
  return gapNode(
    path,
    'trailing',
    rest,
    [
      {
        because: say(isZero(bytesOf(rest)) ? 'layout.padding' : 'layout.trailing', {
          count,
          at: hexOffset(rest.start),
        }),
        range: rangeOf(rest),
      },
    ],
    'field.trailing',
  )
}

const KINDS = { 1: 'sgx', 2: 'td10', 3: 'td15', 4: 'td15ex' } as const

function readBody(
  composer: Composer,
  found: Findings,
  version: number,
  tee: 'sgx' | 'tdx' | undefined,
  descriptor: Quote['bodyDescriptor'],
): QuoteBody | undefined {
  if (version < 5) {
    if (tee === undefined) return undefined
    return tee === 'sgx' ? plain(composer, 'sgx') : plain(composer, 'td10')
  }
  if (!descriptor) return undefined
  const kind = KINDS[descriptor.type.value as 1 | 2 | 3 | 4] as QuoteBody['kind'] | undefined
  const size = kind === undefined ? undefined : LAYOUTS[kind].size
  if (kind === undefined) {
    composer.note(breach(found, say('quote.body-type', { type: descriptor.type.value }), descriptor.$.range))
    return undefined
  }
  if (tee !== undefined && (kind === 'sgx') !== (tee === 'sgx'))
    composer.note(
      breach(
        found,
        say('quote.body-tee', { body: BODY_TYPES[descriptor.type.value as 1], tee: tee.toUpperCase() }),
        descriptor.type.ranges[0] ?? descriptor.$.range,
      ),
    )
  if (descriptor.size.value === size) return plain(composer, kind)
  composer.note(
    breach(
      found,
      say('quote.body-size', { claimed: descriptor.size.value, expected: size ?? 0 }),
      descriptor.size.ranges[0] ?? descriptor.$.range,
    ),
  )
  return undefined
}

const LAYOUTS = { sgx: enclaveReport, td10: tdReport10, td15: tdReport15, td15ex: tdReport15ex } as const

function plain(composer: Composer, kind: QuoteBody['kind']): QuoteBody | undefined {
  switch (kind) {
    case 'sgx': {
      const report = composer.take('body', enclaveReport, 'SGX report body')
      return report && { kind, report, slice: report.$.slice }
    }
    case 'td10': {
      const report = composer.take('body', tdReport10, 'TD report body 1.0')
      return report && { kind, report, slice: report.$.slice }
    }
    case 'td15': {
      const report = composer.take('body', tdReport15, 'TD report body 1.5')
      return report && { kind, report, slice: report.$.slice }
    }
    case 'td15ex': {
      const report = composer.take('body', tdReport15ex, 'TD report body 1.5 extended')
      return report && { kind, report, slice: report.$.slice }
    }
  }
}

function readSignatureData(
  slice: Slice,
  path: string,
  version: number,
  keyLength: number,
  found: Findings,
): Built<Signature> {
  const composer = compose('signatureData', slice, path, lieTo(found))
  const signature = composer.take('signature', bytes(keyLength), 'quote signature')
  const attestationKey = composer.take('attestationKey', bytes(keyLength), 'ECDSA attestation key')
  const rest = version === 3 ? readQe(composer, found, 3) : readOuter(composer, found)
  return finished(composer, 'signature data', { ...rest, signature, attestationKey })
}

/** Version 4 and 5 wrap the QE's part in certification data of type 6. */
function readOuter(composer: Composer, found: Findings): Signature {
  const head = readCertificationHead(composer)
  if (!head) return NO_SIGNATURE
  const outerCertification = certificationOf(composer, head)
  if (head.type.value !== 6) {
    composer.note(
      breach(
        found,
        say('quote.certification-type', { type: head.type.value, expected: '6' }),
        head.type.ranges[0] ?? rangeOf(composer.remaining()),
      ),
    )
    return { ...readCertificationData(composer, found, head), outerCertification }
  }
  const parts = composer.block('certificationData', head.size.value, 'QE report certification data', (inner, path) => {
    const nested = compose('signatureData', inner, path, lieTo(found))
    const value = readQe(nested, found, 4)
    return finished(nested, 'QE report certification data', value)
  })
  return { ...(parts ?? NO_SIGNATURE), outerCertification }
}

function readQe(composer: Composer, found: Findings, version: 3 | 4): Signature {
  const qeReport = composer.take<EnclaveReport>('qeReport', enclaveReport, 'QE report')
  const qeReportSignature = composer.take('qeReportSignature', bytes(64), 'QE report signature')
  const authLength = composer.take('qeAuthLength', u16le(), 'QE authentication data length')
  const qeAuthData = authLength
    ? composer.block<Bytes | undefined>('qeAuthData', authLength.value, 'QE authentication data', (inner, path) =>
        wholeBytes(inner, path, 'QE authentication data', authLength.value),
      )
    : undefined
  const base = { ...NO_SIGNATURE, qeReport, qeReportSlice: qeReport?.$.slice, qeReportSignature, qeAuthData }
  const head = readCertificationHead(composer)
  if (!head) return base
  const data = certificationOf(composer, head)
  if (head.type.value < 1 || head.type.value > 5)
    composer.note(
      breach(
        found,
        say('quote.certification-type', { type: head.type.value, expected: '1–5' }),
        head.type.ranges[0] ?? rangeOf(composer.remaining()),
      ),
    )
  return {
    ...base,
    ...pick(readCertificationData(composer, found, head)),
    certification: data,
    ...(version === 3 ? { outerCertification: data } : {}),
  }
}

function pick(
  parts: Signature,
): Pick<Signature, 'platform' | 'certificates' | 'certificatePaths' | 'chainSlice' | 'manifest'> {
  return {
    platform: parts.platform,
    certificates: parts.certificates,
    certificatePaths: parts.certificatePaths,
    chainSlice: parts.chainSlice,
    manifest: parts.manifest,
  }
}

/** Bytes as a leaf; the value only when all of them are there. */
function wholeBytes(inner: Slice, path: string, label: string, length: number): Built<Bytes | undefined> {
  const have = inner.end - inner.start
  const reading = bytes(have).read(inner, path, label)
  return { node: () => reading.node, problems: () => [], value: have === length ? reading.value : undefined }
}

interface CertificationHead {
  readonly type: Located<number>
  readonly size: Located<number>
}

function readCertificationHead(composer: Composer): CertificationHead | undefined {
  const type = composer.take('certificationType', u16le(CERTIFICATION_TYPES), 'certification data type')
  const size = composer.take('certificationSize', u32le(), 'certification data size')
  return type && size ? { type, size } : undefined
}

function certificationOf(composer: Composer, head: CertificationHead): CertificationData {
  const rest = composer.remaining()
  return { ...head, data: { ...rest, end: Math.min(rest.end, rest.start + head.size.value) } }
}

/** The block behind type and size. */
function readCertificationData(composer: Composer, found: Findings, head: CertificationHead): Signature {
  const label = (CERTIFICATION_TYPES as Readonly<Record<number, string>>)[head.type.value] ?? 'certification data'
  const parts = composer.block<Signature>('certificationData', head.size.value, label, (inner, path) => {
    switch (head.type.value) {
      case 1:
      case 2:
      case 3:
        return readPlatform(inner, path, label, head.type.value === 1 ? 16 : head.type.value === 2 ? 256 : 384, found)
      case 4:
      case 5:
        return readChain(inner, path, found)
      case 7:
        return {
          node: () => bytes(inner.end - inner.start).read(inner, path, label).node,
          value: { ...NO_SIGNATURE, manifest: inner },
        }
      default:
        return { node: () => gapNode(path, label, inner, [], 'field.certification.unknown'), value: NO_SIGNATURE }
    }
  })
  return parts ?? NO_SIGNATURE
}

// Types 1-3: PPID, CPUSVN, PCESVN, PCEID. Some type 1 blocks have no room for PCEID.
function readPlatform(
  inner: Slice,
  path: string,
  label: string,
  ppidLength: number,
  found: Findings,
): Built<Signature> {
  const composer = compose('certification', inner, path, lieTo(found))
  const ppid = composer.take('ppid', bytes(ppidLength), ppidLength === 16 ? 'PPID' : 'encrypted PPID')
  const cpuSvn = composer.take('cpuSvn', bytes(16), 'CPUSVN')
  const pceSvn = composer.take('pceSvn', u16le(), 'PCESVN')
  const rest = composer.remaining()
  const pceId = rest.end > rest.start ? composer.take('pceId', bytes(2), 'PCEID') : undefined
  const platform: PlatformIdentification | undefined = ppid && { ppid, cpuSvn, pceSvn, pceId }
  return finished(composer, label, { ...NO_SIGNATURE, platform })
}

function readChain(inner: Slice, path: string, found: Findings): Built<Signature> {
  const chain = readPemChain(inner, path)
  found.spaces.push(...chain.spaces)
  for (const [start, open] of chain.openers) found.openers.set(start, open)
  const problems =
    chain.blocks === 0 && inner.end > inner.start
      ? [{ because: say('quote.no-certificates', {}), range: rangeOf(inner) }]
      : []
  const node = () => ({ ...chain.node, problems: [...chain.node.problems, ...problems] })
  return {
    node,
    ...(problems.length === 0 && chain.problems.length === 0 ? { problems: () => [] } : {}),
    value: { ...NO_SIGNATURE, certificates: chain.certificates, certificatePaths: chain.paths, chainSlice: inner },
  }
}

/** Closes a block: leftover bytes inside a claimed length are shown as such. */
function finished<T>(composer: Composer, label: string, value: T): Built<T> {
  const { tree, problems } = composer.finish(label, (rest, path) =>
    gapNode(
      path,
      'unused',
      rest,
      [
        {
          because: say('quote.unused', { count: rest.end - rest.start, at: hexOffset(rest.start) }, 'unused-bytes'),
          range: rangeOf(rest),
        },
      ],
      'field.quote.unused',
    ),
  )
  return { node: tree, problems, value }
}

/** The PCK certificate among those of the quote: the one with Intel's SGX extension. Of several, which one signed the QE report is the checks' business, so none is taken. */
export function pckCandidate(certificates: readonly Certificate[]): Certificate | undefined {
  const marked = certificates.filter((certificate) =>
    certificate.extensions.some((extension) => extension.oid === PCK_EXTENSION),
  )
  return marked.length === 1 ? marked[0] : undefined
}

/** The quote in core words. */
export function quoteFacts(quote: Quote): Facts {
  const body = quote.body
  if (!body) return { measurements: [] }
  const flag = body.kind === 'sgx' ? body.report.attributes : body.report.tdAttributes
  const data = body.report.reportData
  const curve = quote.attestationKey?.value.length === 96 ? 'P-384' : 'P-256'
  const pck = pckCandidate(quote.certificates)
  const extensions = pck && readPckExtensions(pck, quote.certificatePaths[quote.certificates.indexOf(pck)])
  // A PPID outside a certificate is signed by nobody.
  const device = extensions?.ppid ?? extensions?.platformInstanceId
  return {
    userData: { path: data.path, ranges: data.ranges, value: data.value },
    measurements: quoteRegisters(body),
    debug: { path: `${flag.path}.DEBUG`, ranges: flag.ranges, value: flag.flags.DEBUG === 1 },
    ...(quote.attestationKey
      ? {
          signingKey: {
            path: quote.attestationKey.path,
            ranges: quote.attestationKey.ranges,
            value: ecSpki(curve, quote.attestationKey.value),
          },
        }
      : {}),
    ...(device ? { deviceId: { path: device.path, ranges: device.ranges, value: device.value } } : {}),
    productId: body.kind === 'sgx' ? 'sgx' : 'tdx',
  }
}

function rowsOf(
  parts: readonly {
    readonly name: string
    readonly label: string
    readonly layout: Layout<unknown>
    readonly doc: string
  }[],
): LayoutRow[] {
  const rows: LayoutRow[] = []
  let offset: number | undefined = 0
  for (const part of parts) {
    const start: number | undefined = offset
    const inner = part.layout.rows()
    const single = inner.length === 1 && inner[0]?.name === '' ? inner[0] : undefined
    rows.push({
      name: part.name,
      label: part.label,
      type: single?.type ?? 'struct',
      doc: part.doc,
      ...(start === undefined ? {} : { offset: start }),
      ...(part.layout.size === undefined ? {} : { size: part.layout.size }),
    })
    if (!single)
      for (const row of inner) {
        const { offset: inside, ...others } = row
        rows.push({
          ...others,
          name: `${part.name}.${row.name}`,
          ...(start === undefined || inside === undefined ? {} : { offset: start + inside }),
        })
      }
    offset = start === undefined || part.layout.size === undefined ? undefined : start + part.layout.size
  }
  return rows
}

const tailRows = (): LayoutRow[] => [
  ...['signature', 'attestationKey'].map((name) => ({
    name: `signatureData.${name}`,
    label: name,
    type: 'byte[64] (P-384: byte[96])',
    doc: `field.signatureData.${name}`,
  })),
  {
    name: 'signatureData.qeReport',
    label: 'QE report',
    type: 'struct',
    size: 384,
    doc: 'field.signatureData.qeReport',
  },
  {
    name: 'signatureData.qeReportSignature',
    label: 'QE report signature',
    type: 'byte[64]',
    size: 64,
    doc: 'field.signatureData.qeReportSignature',
  },
  {
    name: 'signatureData.qeAuthLength',
    label: 'QE authentication data length',
    type: 'u16 LE',
    size: 2,
    doc: 'field.signatureData.qeAuthLength',
  },
  {
    name: 'signatureData.qeAuthData',
    label: 'QE authentication data',
    type: 'byte[]',
    doc: 'field.signatureData.qeAuthData',
  },
  {
    name: 'signatureData.certificationType',
    label: 'certification data type',
    type: 'u16 LE',
    size: 2,
    doc: 'field.signatureData.certificationType',
  },
  {
    name: 'signatureData.certificationSize',
    label: 'certification data size',
    type: 'u32 LE',
    size: 4,
    doc: 'field.signatureData.certificationSize',
  },
  {
    name: 'signatureData.certificationData',
    label: 'certification data',
    type: 'byte[]',
    doc: 'field.signatureData.certificationData',
  },
  {
    name: 'certification.ppid',
    label: 'PPID',
    type: 'byte[16], byte[256] or byte[384]',
    doc: 'field.certification.ppid',
  },
  { name: 'certification.cpuSvn', label: 'CPUSVN', type: 'byte[16]', size: 16, doc: 'field.certification.cpuSvn' },
  { name: 'certification.pceSvn', label: 'PCESVN', type: 'u16 LE', size: 2, doc: 'field.certification.pceSvn' },
  { name: 'certification.pceId', label: 'PCEID', type: 'byte[2]', size: 2, doc: 'field.certification.pceId' },
]

/** SGX quotes: version 3, and 4 or 5 with TEE type 0. */
export const sgxQuoteFormat: EvidenceFormat<Quote> = {
  id: FORMATS.sgxQuote,
  message: 'evidence',
  title: 'format.intel.sgx-quote',
  decode: decodeQuote,
  facts: quoteFacts,
  rows: () => [
    ...rowsOf([
      { name: 'header', label: 'header', layout: quoteHeader3, doc: 'field.quote.header' },
      { name: 'body', label: 'SGX report body', layout: enclaveReport, doc: 'field.quote.body' },
      { name: 'signatureLength', label: 'signature data length', layout: u32le(), doc: 'field.quote.signatureLength' },
    ]),
    {
      name: 'signatureData',
      label: 'signature data',
      type: 'depends on earlier fields',
      doc: 'field.quote.signatureData',
    },
    ...tailRows(),
  ],
}

/** TDX quotes: version 4 and 5. The table shows version 5 with the longest body. */
export const tdxQuoteFormat: EvidenceFormat<Quote> = {
  id: FORMATS.tdxQuote,
  message: 'evidence',
  title: 'format.intel.tdx-quote',
  decode: decodeQuote,
  facts: quoteFacts,
  rows: () => [
    ...rowsOf([
      { name: 'header', label: 'header', layout: quoteHeader4, doc: 'field.quote.header' },
      {
        name: 'bodyDescriptor',
        label: 'body descriptor (version 5)',
        layout: bodyDescriptor,
        doc: 'field.quote.bodyDescriptor',
      },
      { name: 'body', label: 'TD report body', layout: tdReport15ex, doc: 'field.quote.body' },
      { name: 'signatureLength', label: 'signature data length', layout: u32le(), doc: 'field.quote.signatureLength' },
    ]),
    {
      name: 'signatureData',
      label: 'signature data',
      type: 'depends on earlier fields',
      doc: 'field.quote.signatureData',
    },
    ...tailRows(),
  ],
}
