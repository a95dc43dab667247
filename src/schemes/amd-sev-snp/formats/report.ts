import { bytesOf, rangeOf, type Slice } from '../../../core/place.ts'
import type { FieldNode } from '../../../core/field.ts'
import { say } from '../../../core/saying.ts'
import type { EvidenceFormat, Facts, Inner, Register } from '../../../core/scheme.ts'
import { later } from '../../../bytes/later.ts'
import { gapNode, hexOffset, isZero, type Reading } from '../../../bytes/layout.ts'
import {
  FORMATS,
  KNOWN_VERSIONS,
  unknownVersion,
  type DecodedReport,
  type SnpReport,
  type TcbFrom,
} from '../decoded.ts'
import { report, reportHead, type TcbLayout } from '../layout.ts'
import { looksLikeTurin, PRODUCTS, processorOf, tcbLayoutOf, type Processor } from '../product.ts'
import { readTable, startsTable } from './table.ts'

interface Choice {
  readonly tcbLayout: TcbLayout
  readonly tcbFrom: TcbFrom
  readonly processor: Processor | undefined
}

/** Reads a report of any version. Unknown ones are read as the nearest known one; whether that may be relied on is a check's business. */
export function readReport(
  slice: Slice,
  product?: string,
): { readonly reading: Reading<SnpReport>; readonly decoded: DecodedReport } {
  const version = reportHead.read(slice, '').value?.version.value
  const shape = { hasCpuid: (version ?? 0) >= 3, hasMitigations: (version ?? 0) >= 5 }
  const read = (tcb: TcbLayout) => report({ ...shape, tcb }).read(slice, '', 'SNP ATTESTATION_REPORT')
  const first = read('milan')
  const choice = first.value
    ? choose(first.value, product)
    : { tcbLayout: 'milan' as const, tcbFrom: 'default' as const, processor: undefined }
  const reading = choice.tcbLayout === 'milan' ? first : read(choice.tcbLayout)
  return {
    reading,
    decoded: { slice, version, report: reading.value, ...choice, trailing: { ...slice, start: reading.end } },
  }
}

/** The eight bytes of a TCB_VERSION are ordered by generation, and version 2 does not name one. */
function choose({ body }: SnpReport, product: string | undefined): Choice {
  const known = PRODUCTS.find((one) => one === product)
  if (body.cpuid.family && body.cpuid.model) {
    const processor = processorOf(body.cpuid.family.value, body.cpuid.model.value)
    if (processor.product) return { tcbLayout: tcbLayoutOf(processor.product), tcbFrom: 'cpuid', processor }
    return { tcbLayout: tcbLayoutOf(known), tcbFrom: known ? 'certificate' : 'default', processor }
  }
  if (known) return { tcbLayout: tcbLayoutOf(known), tcbFrom: 'certificate', processor: undefined }
  return looksLikeTurin(body.chipId.value)
    ? { tcbLayout: 'turin', tcbFrom: 'chip-id', processor: undefined }
    : { tcbLayout: 'milan', tcbFrom: isZero(body.chipId.value) ? 'default' : 'chip-id', processor: undefined }
}

/** The report's tree with whatever follows it: a certificate table, or bytes that nothing explains. */
function withTrailing(
  node: FieldNode,
  trailing: Slice,
): { readonly tree: FieldNode; readonly inner: readonly Inner[] } {
  if (trailing.start >= trailing.end) return { tree: node, inner: [] }
  const ranges = [{ ...rangeOf(trailing), start: node.ranges[0]?.start ?? trailing.start }]
  if (startsTable(trailing)) {
    const table = readTable(trailing, 'table')
    return { tree: { ...node, ranges, children: [...node.children, table.node] }, inner: table.inner }
  }
  const problem = {
    because: say(isZero(bytesOf(trailing)) ? 'layout.padding' : 'layout.trailing', {
      count: trailing.end - trailing.start,
      at: hexOffset(trailing.start),
    }),
    range: rangeOf(trailing),
  }
  return {
    tree: {
      ...node,
      ranges,
      children: [...node.children, gapNode('trailing', 'trailing', trailing, [problem], 'field.trailing')],
    },
    inner: [],
  }
}

/** A report in core words. */
export function factsOf({ report: read, processor }: DecodedReport): Facts {
  if (!read) return { measurements: [] }
  const { body } = read
  const register = (name: string, value: Register['value'], identity = false): Register => ({ name, value, identity })
  return {
    userData: body.reportData,
    // A guest with several privilege levels can ask at its own; only level 0 is the firmware's alone.
    userDataIsOpen: body.vmpl.value !== 0,
    measurements: [
      { ...register('MEASUREMENT', body.measurement, true), hash: 'sha384' },
      register('HOST_DATA', body.hostData),
      register('ID_KEY_DIGEST', body.idKeyDigest),
      register('AUTHOR_KEY_DIGEST', body.authorKeyDigest),
      register('FAMILY_ID', body.familyId),
      register('IMAGE_ID', body.imageId),
      { ...register('REPORT_ID', body.reportId), ofInstance: true },
      { ...register('REPORT_ID_MA', body.reportIdMa), ofInstance: true },
    ],
    ...(isZero(body.chipId.value) ? {} : { deviceId: body.chipId }),
    ...(processor?.product ? { productId: processor.product } : {}),
    debug: { path: `${body.policy.path}.DEBUG`, ranges: body.policy.ranges, value: body.policy.flags.DEBUG === 1 },
  }
}

/** The attestation report of a guest, with or without the certificates that a host adds. */
export const reportFormat: EvidenceFormat<DecodedReport> = {
  id: FORMATS.report,
  message: 'evidence',
  title: 'format.amd.snp-report',
  rows: () => report({ hasCpuid: true, hasMitigations: true, tcb: 'milan' }).rows(),
  decode(slice, { hints }) {
    const { reading, decoded } = readReport(slice, hints['product'])
    const { trailing, version } = decoded
    const tree = later(() => withTrailing(reading.node, trailing))
    // Only the table behind a report carries more; a report that ends where it ends needs no tree to say so.
    const inner = trailing.start < trailing.end ? tree().inner : []
    const problems =
      version === undefined || KNOWN_VERSIONS.includes(version)
        ? []
        : [
            {
              because: say(unknownVersion(version), { version }),
              range: tree().tree.children[0]?.children[0]?.ranges[0] ?? rangeOf(slice),
            },
          ]
    return { tree: () => tree().tree, decoded, spaces: () => [], problems, inner }
  },
  facts: factsOf,
}
