import type { Appraiser, EvidenceFormat, Scheme } from '../../core/scheme.ts'
import { anchors } from './anchors.ts'
import { akSignedByDrk } from './checks/ak-signed-by-drk.ts'
import { certificatesInDate } from './checks/certificates-in-date.ts'
import { chainToRoot } from './checks/chain-to-root.ts'
import { noRevocation } from './checks/no-revocation.ts'
import { nonceNamesLog } from './checks/nonce-names-log.ts'
import { reportSignedByAk } from './checks/report-signed-by-ak.ts'
import { scenariosAgree } from './checks/scenarios-agree.ts'
import { wellFormed } from './checks/well-formed.ts'
import { FORMATS } from './decoded.ts'
import { akExaminer } from './examiner.ts'
import { akFormat, akJsonFormat, reportFormat, reportJsonFormat } from './formats.ts'
import { prepare, type PreparedQca } from './prepare.ts'
import { samples } from './samples.ts'

const appraiser: Appraiser<PreparedQca> = {
  formats: [FORMATS.report, FORMATS.reportJson],
  prepare,
  notJudged: ['qca.not-judged.device', 'qca.not-judged.timestamp'],
  checks: [
    wellFormed,
    scenariosAgree,
    reportSignedByAk,
    akSignedByDrk,
    chainToRoot,
    certificatesInDate,
    noRevocation,
    nonceNamesLog,
  ],
}

export const scheme: Scheme = {
  id: 'kunpeng-qca',
  formats: [
    reportJsonFormat as EvidenceFormat,
    reportFormat as EvidenceFormat,
    akJsonFormat as EvidenceFormat,
    akFormat as EvidenceFormat,
  ],
  appraisers: [appraiser as Appraiser],
  examiners: [akExaminer],
  anchors,
  samples,
  recipes: async () => (await import('./recipe.ts')).recipes,
  lab: async () => (await import('./lab.ts')).presets,
}
