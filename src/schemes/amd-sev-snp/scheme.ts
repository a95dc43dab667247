import type { Appraiser, EvidenceFormat, Scheme } from '../../core/scheme.ts'
import { anchors } from './anchors.ts'
import { checks } from './checks.ts'
import { FORMATS } from './decoded.ts'
import { envelopeFormat } from './formats/envelope.ts'
import { idAuthFormat, idBlockFormat, idSignatureFormat } from './formats/id-block.ts'
import { leafFormat } from './formats/leaf.ts'
import { reportFormat } from './formats/report.ts'
import { tableFormat } from './formats/table.ts'
import { tsmFormat } from './formats/tsm.ts'
import { prepare, type PreparedReport } from './prepare.ts'
import { samples } from './samples.ts'

const formats: readonly EvidenceFormat[] = [
  reportFormat as EvidenceFormat,
  tableFormat as EvidenceFormat,
  leafFormat as EvidenceFormat,
  idBlockFormat as EvidenceFormat,
  idAuthFormat as EvidenceFormat,
  idSignatureFormat as EvidenceFormat,
  tsmFormat as EvidenceFormat,
  envelopeFormat as EvidenceFormat,
]

const appraiser: Appraiser<PreparedReport> = {
  formats: [FORMATS.report],
  prepare,
  notJudged: ['snp.not-judged.image-numbers', 'snp.not-judged.platform-info', 'snp.not-judged.report-id'],
  checks,
  comparesMinimumTcb: true,
}

export const scheme: Scheme = {
  id: 'amd-sev-snp',
  formats,
  appraisers: [appraiser as Appraiser],
  anchors,
  samples,
  recipes: async () => (await import('./recipe.ts')).recipes,
  lab: async () => (await import('./lab.ts')).presets,
}
