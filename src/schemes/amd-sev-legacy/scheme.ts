import type { Appraiser, EvidenceFormat, Scheme } from '../../core/scheme.ts'
import { anchors } from './anchors.ts'
import { askSignedByArk } from './checks/ask-signed-by-ark.ts'
import { cekSignedByAsk } from './checks/cek-signed-by-ask.ts'
import { debugOff } from './checks/debug-off.ts'
import { generationSound } from './checks/generation-sound.ts'
import { pekSignedByCek } from './checks/pek-signed-by-cek.ts'
import { pekSignedByOwner } from './checks/pek-signed-by-owner.ts'
import { signedByPek } from './checks/signed-by-pek.ts'
import { subjectWhole } from './checks/subject-whole.ts'
import { FORMATS } from './decoded.ts'
import { caFormat, certificateFormat, concatenatedFormat, pdhFormat, reportFormat } from './formats.ts'
import { prepare, type PreparedLegacy } from './prepare.ts'
import { samples } from './samples.ts'

const appraiser: Appraiser<PreparedLegacy> = {
  formats: [FORMATS.report, FORMATS.pdh],
  prepare,
  notJudged: ['sev.not-judged.policy', 'sev.not-judged.firmware'],
  checks: [
    subjectWhole,
    signedByPek,
    pekSignedByCek,
    pekSignedByOwner,
    cekSignedByAsk,
    askSignedByArk,
    generationSound,
    debugOff,
  ],
}

export const scheme: Scheme = {
  id: 'amd-sev-legacy',
  anchors,
  samples,
  recipes: async () => (await import('./recipe.ts')).recipes,
  appraisers: [appraiser as Appraiser],
  formats: [
    caFormat as EvidenceFormat,
    certificateFormat as EvidenceFormat,
    pdhFormat as EvidenceFormat,
    reportFormat as EvidenceFormat,
    concatenatedFormat,
  ],
}
