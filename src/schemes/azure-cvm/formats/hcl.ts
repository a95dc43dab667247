import type { Slice } from '../../../core/place.ts'
import { say } from '../../../core/saying.ts'
import type { Problem } from '../../../core/field.ts'
import type { EvidenceFormat, Facts, Inner, Register } from '../../../core/scheme.ts'
import { FORMATS, type DecodedHclTd } from '../decoded.ts'
import { HASH_TYPE, hclReport, hclTdReport, requestData, SNP_REPORT, TDX_REPORT } from '../layout.ts'
import type { HclReport, HclTdReport } from '../decoded.ts'

/** What both kinds have in common. */
type Hcl = Pick<HclReport, 'runtime' | 'runtimeData'>

function runtimeInner({ runtime, runtimeData }: Hcl): Inner {
  const hash = HASH_TYPE[runtime.hashType.value] ?? String(runtime.hashType.value)
  return {
    slice: runtimeData.slice,
    name: 'runtime data',
    format: FORMATS.runtime,
    origin: 'embedded',
    hints: { committedBy: 'userData', hash, ...(sizesAgree({ runtime }) ? {} : { fault: 'sizes' }) },
  }
}

/** The header counts itself and the runtime data together. */
export function sizesAgree({ runtime }: Pick<Hcl, 'runtime'>): boolean {
  return runtime.dataSize.value === runtime.variableDataSize.value + (runtime.$.range.end - runtime.$.range.start)
}

function problemsOf({ runtime }: Hcl): Problem[] {
  const problems: Problem[] = []
  if (HASH_TYPE[runtime.hashType.value] === undefined)
    problems.push({
      because: say('azure.hash-type', { value: runtime.hashType.value }),
      range: runtime.hashType.ranges[0] ?? runtime.$.range,
    })
  if (!sizesAgree({ runtime }))
    problems.push({
      because: say('azure.sizes', { whole: runtime.dataSize.value, data: runtime.variableDataSize.value }),
      range: runtime.$.range,
    })
  return problems
}

/** Which format an HCL report is read as: a wrapper around what can be appraised, or a subject of its own. What is cut off is one too, so that it can be called broken. */
export function hclFormatOf(slice: Slice): string {
  const value = hclReport.read(slice, '').value
  return value === undefined
    ? FORMATS.hclCut
    : value.runtime.reportType.value === TDX_REPORT
      ? FORMATS.hclTd
      : FORMATS.hcl
}

/** The HCL report of a container as an artifact. */
export function hclInner(slice: Slice, name: string): Inner {
  return { slice, name, format: hclFormatOf(slice), origin: 'embedded' }
}

/** The TD quote of a container. Its format is said here: a quote that cannot be read is a broken quote, not a missing one. */
export function quoteInner(slice: Slice): Inner {
  return { slice, name: 'TD quote', format: 'intel.tdx-quote', origin: 'embedded' }
}

/** An HCL report around an SNP report: nothing is signed here but what is inside. */
export const hclFormat: EvidenceFormat<HclReport | undefined> = {
  id: FORMATS.hcl,
  message: 'supporting',
  title: 'format.azure.hcl-report',
  rows: () => hclReport.rows(),
  decode(slice) {
    const reading = hclReport.read(slice, '', 'HCL report')
    const { value } = reading
    const inner: Inner[] = value
      ? [
          {
            slice: value.hardwareReport.slice,
            name: 'hardware report',
            origin: 'embedded',
            ...(value.runtime.reportType.value === SNP_REPORT ? { format: 'amd.snp-report' } : {}),
          },
          runtimeInner(value),
        ]
      : []
    return {
      tree: () => reading.node,
      decoded: value,
      spaces: () => [],
      problems: value ? problemsOf(value) : [],
      inner,
    }
  },
}

/** The runtime data behind its header, as agents keep it that ask for the hardware report separately. */
export const requestDataFormat: EvidenceFormat<unknown> = {
  id: FORMATS.requestData,
  message: 'supporting',
  title: 'format.azure.request-data',
  rows: () => requestData.rows(),
  decode(slice) {
    const reading = requestData.read(slice, '', 'runtime claims')
    const { value } = reading
    return {
      tree: () => reading.node,
      decoded: undefined,
      spaces: () => [],
      problems: value ? problemsOf(value) : [],
      inner: value ? [runtimeInner(value)] : [],
    }
  },
}

function factsOf(report: HclTdReport | undefined): Facts {
  if (!report) return { measurements: [] }
  const { macStruct, tdInfo } = report.hardwareReport
  const register = (name: string, value: Register['value']): Register => ({
    name,
    value,
    identity: true,
    hash: 'sha384',
  })
  return {
    userData: macStruct.reportData,
    measurements: [
      register('MRTD', tdInfo.mrTd),
      register('RTMR0', tdInfo.rtmr0),
      register('RTMR1', tdInfo.rtmr1),
      register('RTMR2', tdInfo.rtmr2),
      register('RTMR3', tdInfo.rtmr3),
    ],
  }
}

/** An HCL report that ends before its fields do: whatever was inside, it is a broken report and no other kind. */
export const hclCutFormat: EvidenceFormat<DecodedHclTd> = {
  id: FORMATS.hclCut,
  message: 'evidence',
  title: 'format.azure.hcl-cut-off',
  rows: () => hclReport.rows(),
  decode: (slice) => ({
    tree: () => hclReport.read(slice, '', 'HCL report').node,
    decoded: { slice, report: undefined },
    spaces: () => [],
    problems: [],
    inner: [],
  }),
}

/** An HCL report around a TDREPORT, which carries a MAC and no signature: a subject of its own, because nothing inside can be appraised. */
export const hclTdFormat: EvidenceFormat<DecodedHclTd> = {
  id: FORMATS.hclTd,
  message: 'evidence',
  title: 'format.azure.hcl-td-report',
  rows: () => hclTdReport.rows(),
  decode(slice) {
    const reading = hclTdReport.read(slice, '', 'HCL report')
    const { value } = reading
    return {
      tree: () => reading.node,
      decoded: { slice, report: value },
      spaces: () => [],
      problems: value ? problemsOf(value) : [],
      inner: value ? [runtimeInner(value)] : [],
    }
  },
  facts: ({ report }) => factsOf(report),
}
