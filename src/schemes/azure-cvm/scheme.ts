import type { Appraiser, EvidenceFormat, Scheme } from '../../core/scheme.ts'
import { reportWhole } from './checks/report-whole.ts'
import { runtimeDataBound } from './checks/runtime-data-bound.ts'
import { tdReportVouchedFor } from './checks/td-report-vouched-for.ts'
import { FORMATS } from './decoded.ts'
import { brokenTextFormat, evidenceFormat } from './formats/evidence.ts'
import { hclCutFormat, hclFormat, hclTdFormat, requestDataFormat } from './formats/hcl.ts'
import { quoteFormat } from './formats/quote.ts'
import { runtimeDataFormat } from './formats/runtime-data.ts'
import { prepare, type PreparedHclTd } from './prepare.ts'
import { samples } from './samples.ts'

const appraiser: Appraiser<PreparedHclTd> = {
  formats: [FORMATS.hclTd, FORMATS.hclCut, FORMATS.brokenText],
  prepare,
  notJudged: ['azure.not-judged.configuration'],
  checks: [reportWhole, runtimeDataBound, tdReportVouchedFor],
}

export const scheme: Scheme = {
  id: 'azure-cvm',
  anchors: [],
  samples,
  recipes: async () => (await import('./recipe.ts')).recipes,
  lab: async () => (await import('./lab.ts')).presets,
  appraisers: [appraiser as Appraiser],
  formats: [
    hclFormat as EvidenceFormat,
    hclTdFormat as EvidenceFormat,
    hclCutFormat as EvidenceFormat,
    runtimeDataFormat as EvidenceFormat,
    requestDataFormat,
    evidenceFormat,
    brokenTextFormat as EvidenceFormat,
    quoteFormat,
  ],
}
