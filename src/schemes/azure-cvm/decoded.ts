import type { Layout } from '../../bytes/layout.ts'
import type { Problem } from '../../core/field.ts'
import type { Slice } from '../../core/place.ts'
import type { hclReport, hclTdReport } from './layout.ts'

export const FORMATS = {
  hcl: 'azure.hcl-report',
  hclTd: 'azure.hcl-td-report',
  hclCut: 'azure.hcl-cut-off',
  requestData: 'azure.request-data',
  runtime: 'azure.runtime-data',
  evidence: 'azure.evidence',
  brokenText: 'azure.broken-text',
  quote: 'azure.vtpm-quote',
} as const

type ValueOf<L> = L extends Layout<infer T> ? T : never

export type HclReport = ValueOf<typeof hclReport>
export type HclTdReport = ValueOf<typeof hclTdReport>

/** An HCL report with a TDREPORT; `report` is undefined when the bytes end too early. */
export interface DecodedHclTd {
  readonly slice: Slice
  readonly report: HclTdReport | undefined
  /** Evidence in a text that stops being JSON: where, and why. */
  readonly broken?: Problem
}
